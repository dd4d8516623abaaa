/* test_order.c -- the elimination order and the elimination: no fill on trees, the dense solver's answer on any graph,
 * lanes that do not feel each other. */
#include "support/suite.h"
#include "water/water.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SEED 20261124u

static double draw(uint32_t stream, uint64_t index)
{
  return eco__uniform(SEED, 0, stream, index);
}

static uint32_t draw_below(uint32_t n, uint32_t stream, uint64_t index)
{
  return (uint32_t)(draw(stream, index) * n);
}

/* Cell i > 0 hangs on an earlier one; numbers are shuffled so that the order of cells says nothing about the tree. */
static void make_tree(eco__face *faces, uint32_t n_cells, uint32_t stream)
{
  uint32_t *name = malloc(n_cells * sizeof *name);
  for (uint32_t i = 0; i < n_cells; i++)
    name[i] = i;
  for (uint32_t i = n_cells; i-- > 1;) {
    uint32_t j = draw_below(i + 1, stream, 2 * i), kept = name[i];
    name[i] = name[j];
    name[j] = kept;
  }
  for (uint32_t i = 1; i < n_cells; i++) {
    uint32_t reach = i < 8 ? i : 8; /* mostly chains, as rivers are */
    uint32_t parent = i % 5 == 0 ? draw_below(i, stream, 2 * i + 1) : i - 1 - draw_below(reach, stream, 2 * i + 1);
    bool turned = i % 3 == 0;
    faces[i - 1] = (eco__face){.up = name[turned ? parent : i], .down = name[turned ? i : parent]};
  }
  free(name);
}

/* A matrix as the water step makes it: off the diagonal at most 0, columns dominated by the diagonal. Each lane has its own
 * numbers, which hang on the lane's number only. */
typedef struct matrix {
  size_t n_cells, n;
  double *diagonal, *entries, *right;
} matrix;

static matrix make_matrix(const eco__order *o, const eco__face *faces, size_t n_faces, size_t n_cells, size_t n,
                          size_t first_lane)
{
  matrix a = {n_cells, n, calloc(n_cells * n, sizeof(double)), calloc((o->n_entries + 1) * n, sizeof(double)),
              calloc(n_cells * n, sizeof(double))};
  for (size_t l = 0; l < n; l++) {
    uint32_t lane = (uint32_t)(first_lane + l);
    for (size_t i = 0; i < n_cells; i++) {
      a.diagonal[i * n + l] = 0.01 + draw(1000 + lane, 2 * i);
      a.right[i * n + l] = draw(1000 + lane, 2 * i + 1) - 0.5;
    }
    for (size_t f = 0; f < n_faces; f++) {
      double from_up = 10 * draw(2000 + lane, 2 * f), from_down = draw(2000 + lane, 2 * f + 1);
      a.diagonal[faces[f].up * n + l] += from_up;
      if (faces[f].down == ECO__OUTSIDE)
        continue;
      a.diagonal[faces[f].down * n + l] += from_down;
      a.entries[o->face_up_down[f] * n + l] -= from_down;
      a.entries[o->face_down_up[f] * n + l] -= from_up;
    }
  }
  return a;
}

static void free_matrix(matrix *a)
{
  free(a->diagonal);
  free(a->entries);
  free(a->right);
}

/* Gaussian elimination with column pivoting on the full matrix of one lane, in long double. */
static void solve_dense(const matrix *a, const eco__order *o, const eco__face *faces, size_t n_faces, size_t lane,
                        double *x)
{
  size_t n = a->n_cells, w = n + 1;
  long double *m = calloc(n * w, sizeof *m);
  bool *put = calloc(o->n_entries + 1, sizeof *put); /* several faces may share an entry */
  for (size_t i = 0; i < n; i++) {
    m[i * w + i] = a->diagonal[i * a->n + lane];
    m[i * w + n] = a->right[i * a->n + lane];
  }
  for (size_t f = 0; f < n_faces; f++) {
    uint32_t up = faces[f].up, down = faces[f].down;
    if (down == ECO__OUTSIDE || put[o->face_up_down[f]])
      continue;
    put[o->face_up_down[f]] = true;
    m[up * w + down] = a->entries[o->face_up_down[f] * a->n + lane];
    m[down * w + up] = a->entries[o->face_down_up[f] * a->n + lane];
  }
  for (size_t k = 0; k < n; k++) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabsl(m[i * w + k]) > fabsl(m[best * w + k]))
        best = i;
    for (size_t j = 0; j < w && best != k; j++) {
      long double kept = m[k * w + j];
      m[k * w + j] = m[best * w + j];
      m[best * w + j] = kept;
    }
    for (size_t i = k + 1; i < n; i++) {
      long double factor = m[i * w + k] / m[k * w + k];
      for (size_t j = k; j < w && factor != 0; j++)
        m[i * w + j] -= factor * m[k * w + j];
    }
  }
  for (size_t k = n; k-- > 0;) {
    long double sum = m[k * w + n];
    for (size_t j = k + 1; j < n; j++)
      sum -= m[k * w + j] * (long double)x[j];
    x[k] = (double)(sum / m[k * w + k]);
  }
  free(m);
  free(put);
}

/* Each cell is eliminated once; a pivot's neighbours are eliminated later. */
static void check_order(const eco__order *o, size_t n_cells)
{
  size_t *step_of = malloc(n_cells * sizeof *step_of);
  for (size_t i = 0; i < n_cells; i++)
    step_of[i] = SIZE_MAX;
  for (size_t s = 0; s < n_cells; s++) {
    ck_assert_uint_lt(o->pivots[s].cell, n_cells);
    ck_assert_uint_eq(step_of[o->pivots[s].cell], SIZE_MAX);
    step_of[o->pivots[s].cell] = s;
  }
  for (size_t s = 0; s < n_cells; s++)
    for (size_t k = 0; k < o->pivots[s].n; k++)
      ck_assert_uint_gt(step_of[o->neighbour[o->pivots[s].first + k]], s);
  free(step_of);
}

START_TEST(a_tree_has_no_fill)
{
  const uint32_t sizes[] = {1, 2, 3, 10, 97, 500, 2000};
  uint32_t n_cells = sizes[_i];
  eco__face *faces = calloc(n_cells, sizeof *faces);
  for (uint32_t stream = 0; stream < 5; stream++) {
    make_tree(faces, n_cells, 10 * (uint32_t)_i + stream);
    eco__arena arena;
    eco__arena_open(&arena, NULL);
    eco__order o;
    ck_assert_int_eq(eco__order_make(&arena, n_cells, faces, n_cells - 1, &o), ECO_OK);
    check_order(&o, n_cells);
    ck_assert_uint_eq(o.n_updates, 0);
    ck_assert_uint_eq(o.n_entries, 2 * (n_cells - 1));
    ck_assert_uint_eq(o.n_neighbours, n_cells - 1);
    eco__arena_close(&arena);
  }
  free(faces);
}
END_TEST

/* The factors of a column-dominant M-matrix without pivoting do not grow, and the relative error of x is at most some
 * (number of operations on an unknown) * eps * condition. The matrix has ||A^-1||_1 <= 1/0.01 (its columns sum to at
 * least 0.01), ||A||_1 <= 2 * 11 * (faces of a cell), below 1e3 here: 1e5 * 1e2 * 1.1e-16 = 1e-9, of the largest |x|. */
#define DENSE_TOLERANCE 1e-9

START_TEST(any_graph_gives_the_dense_solvers_answer)
{
  const uint32_t sizes[] = {2, 5, 20, 60, 60, 150, 150};
  const uint32_t loops[] = {3,   4,  15, 20,
                            200, 30, 400}; /* faces beside the tree's; several between the same two cells occur */
  uint32_t n_cells = sizes[_i], n_faces = n_cells - 1 + loops[_i] + 2;
  eco__face *faces = calloc(n_faces, sizeof *faces);
  make_tree(faces, n_cells, 100 + (uint32_t)_i);
  for (uint32_t f = n_cells - 1; f < n_faces - 2; f++) {
    uint32_t up = draw_below(n_cells, 200 + (uint32_t)_i, 2 * f),
             down = draw_below(n_cells, 200 + (uint32_t)_i, 2 * f + 1);
    faces[f] = (eco__face){.up = up, .down = up == down ? (up + 1) % n_cells : down};
  }
  faces[n_faces - 2] = (eco__face){.up = 0, .down = ECO__OUTSIDE};
  faces[n_faces - 1] = (eco__face){.up = n_cells - 1, .down = ECO__OUTSIDE};
  eco__arena arena;
  eco__arena_open(&arena, NULL);
  eco__order o;
  ck_assert_int_eq(eco__order_make(&arena, n_cells, faces, n_faces, &o), ECO_OK);
  check_order(&o, n_cells);
  ck_assert_uint_eq(o.face_up_down[n_faces - 1], ECO__OUTSIDE);
  const size_t lanes = 4;
  matrix a = make_matrix(&o, faces, n_faces, n_cells, lanes, 0);
  double *x = malloc(lanes * n_cells * sizeof *x);
  for (size_t l = 0; l < lanes; l++)
    solve_dense(&a, &o, faces, n_faces, l, x + l * n_cells);
  eco__eliminate(&o, n_cells, lanes, a.diagonal, a.entries, a.right);
  for (size_t l = 0; l < lanes; l++) {
    double largest = 0;
    for (size_t i = 0; i < n_cells; i++)
      largest = fmax(largest, fabs(x[l * n_cells + i]));
    for (size_t i = 0; i < n_cells; i++)
      ck_assert_double_eq_tol(a.right[i * lanes + l], x[l * n_cells + i], DENSE_TOLERANCE * largest);
  }
  free(x);
  free_matrix(&a);
  eco__arena_close(&arena);
  free(faces);
}
END_TEST

/* Whole sets of lanes, cut into blocks of 1, 3, 8 and 17, give the same bits. */
START_TEST(a_lane_has_the_same_bits_in_any_company)
{
  enum { CELLS = 80, FACES = CELLS - 1 + 25, LANES = 17 };
  eco__face faces[FACES] = {{0}};
  make_tree(faces, CELLS, 300);
  for (uint32_t f = CELLS - 1; f < FACES; f++) {
    uint32_t up = draw_below(CELLS, 301, f);
    faces[f] = (eco__face){.up = up, .down = (up + 1 + draw_below(CELLS - 1, 302, f)) % CELLS};
  }
  eco__arena arena;
  eco__arena_open(&arena, NULL);
  eco__order o;
  ck_assert_int_eq(eco__order_make(&arena, CELLS, faces, FACES, &o), ECO_OK);
  ck_assert_uint_gt(o.n_updates, 0);
  static double alone[LANES][CELLS];
  for (size_t l = 0; l < LANES; l++) {
    matrix a = make_matrix(&o, faces, FACES, CELLS, 1, l);
    eco__eliminate(&o, CELLS, 1, a.diagonal, a.entries, a.right);
    memcpy(alone[l], a.right, sizeof alone[l]);
    free_matrix(&a);
  }
  const size_t widths[] = {3, 8, 17};
  for (size_t k = 0; k < 3; k++)
    for (size_t first = 0; first < LANES; first += widths[k]) {
      size_t n = widths[k] < LANES - first ? widths[k] : LANES - first;
      matrix a = make_matrix(&o, faces, FACES, CELLS, n, first);
      eco__eliminate(&o, CELLS, n, a.diagonal, a.entries, a.right);
      for (size_t i = 0; i < CELLS; i++)
        for (size_t l = 0; l < n; l++)
          ck_assert_mem_eq(&a.right[i * n + l], &alone[first + l][i], sizeof(double));
      free_matrix(&a);
    }
  eco__arena_close(&arena);
}
END_TEST

/* A lake with many rivers has many neighbours: work must not grow with the square of them. 20,000 leaves on one cell. */
START_TEST(a_star_is_eliminated_from_its_leaves)
{
  enum { CELLS = 20001 };
  eco__face *faces = calloc(CELLS, sizeof *faces);
  for (uint32_t i = 1; i < CELLS; i++)
    faces[i - 1] = (eco__face){.up = i, .down = 0};
  eco__arena arena;
  eco__arena_open(&arena, NULL);
  eco__order o;
  ck_assert_int_eq(eco__order_make(&arena, CELLS, faces, CELLS - 1, &o), ECO_OK);
  check_order(&o, CELLS);
  ck_assert_uint_eq(o.n_updates, 0);
  eco__arena_close(&arena);
  free(faces);
}
END_TEST

START_TEST(memory_that_is_out_is_told_and_nothing_is_kept)
{
  enum { CELLS = 30, FACES = CELLS - 1 + 6 };
  eco__face faces[FACES] = {{0}};
  make_tree(faces, CELLS, 400);
  for (uint32_t f = CELLS - 1; f < FACES; f++)
    faces[f] = (eco__face){.up = f - CELLS + 1, .down = CELLS - 1 - (f - CELLS + 1)};
  eco_test_allocator memory;
  eco_status status = ECO_NO_MEMORY;
  size_t n = 0;
  while (status != ECO_OK) {
    eco_env env = eco_test_env(&memory);
    memory.fail_at = ++n;
    eco__arena arena;
    eco__arena_open(&arena, &env);
    eco__order o;
    status = eco__order_make(&arena, CELLS, faces, FACES, &o);
    ck_assert(status == ECO_OK || status == ECO_NO_MEMORY);
    eco__arena_close(&arena);
    ck_assert_uint_eq(memory.blocks, 0);
    ck_assert_uint_eq(memory.wrong_sizes, 0);
    ck_assert_uint_lt(n, 10000);
  }
  ck_assert_uint_gt(n, 5);
}
END_TEST

static Suite *make_suite(void)
{
  Suite *suite = suite_create("order");
  TCase *order = tcase_create("order");
  tcase_add_loop_test(order, a_tree_has_no_fill, 0, 7);
  tcase_add_test(order, a_star_is_eliminated_from_its_leaves);
  tcase_add_test(order, memory_that_is_out_is_told_and_nothing_is_kept);
  suite_add_tcase(suite, order);
  TCase *solve = tcase_create("solve");
  tcase_add_loop_test(solve, any_graph_gives_the_dense_solvers_answer, 0, 7);
  tcase_add_test(solve, a_lane_has_the_same_bits_in_any_company);
  suite_add_tcase(suite, solve);
  return suite;
}

int main(void)
{
  return eco_test_main(make_suite);
}
