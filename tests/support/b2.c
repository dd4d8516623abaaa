/* b2.c -- see b2.h. Forms and numbers are those of the problem's definition. */
#include "b2.h"

#include <math.h>

#define PI 3.14159265358979323846
#define R_N 7.2
#define R_D 100.0
#define R_Z 1.068
#define R_O (R_Z * R_D)
#define O_PER_N (32.0 / 7.0)
#define CBOD_PER_N (20.0 / 7.0)
#define DEPTH_M 2.0

const double eco_b2_inlet[B2_STATES] = {5, 8, 0.5, 1.5, 0.8, 0.05, 0.08, 0.005, 1, 20};

double eco_b2_temperature(double d)
{
  return 17.0 + 11.0 * sin(2.0 * PI * (d - 110.0) / 365.0);
}

double eco_b2_light(double d)
{
  double h = 24.0 * (d - floor(d)), sun = 1.6 * sin(2.0 * PI * (h - 6.0) / 24.0);
  return 250.0 * (sun > 0 ? sun : 0.0);
}

static const eco__entry entries[] = {{B2_G1, B2_DO, R_O},
                                     {B2_G1, B2_NH4, -R_N},
                                     {B2_G1, B2_PO4, -1},
                                     {B2_G1, B2_A, 1},
                                     {B2_G2, B2_DO, R_O + R_N *O_PER_N},
                                     {B2_G2, B2_NO3, -R_N},
                                     {B2_G2, B2_PO4, -1},
                                     {B2_G2, B2_A, 1},
                                     {B2_RE, B2_DO, -R_O},
                                     {B2_RE, B2_NH4, R_N},
                                     {B2_RE, B2_PO4, 1},
                                     {B2_RE, B2_A, -1},
                                     {B2_DE, B2_ON, R_N},
                                     {B2_DE, B2_OP, 1},
                                     {B2_DE, B2_A, -1},
                                     {B2_DE, B2_Z, R_D},
                                     {B2_OX, B2_CBOD, -1},
                                     {B2_OX, B2_DO, -1},
                                     {B2_NI, B2_DO, -O_PER_N},
                                     {B2_NI, B2_NH4, -1},
                                     {B2_NI, B2_NO3, 1},
                                     {B2_DN, B2_CBOD, -CBOD_PER_N},
                                     {B2_DN, B2_NO3, -1},
                                     {B2_HN, B2_NH4, 1},
                                     {B2_HN, B2_ON, -1},
                                     {B2_HP, B2_OP, -1},
                                     {B2_HP, B2_PO4, 1},
                                     {B2_HZ, B2_CBOD, R_Z},
                                     {B2_HZ, B2_Z, -1},
                                     {B2_AIR_IN, B2_DO, 1},
                                     {B2_AIR_OUT, B2_DO, -1},
                                     {B2_S_ON, B2_ON, -1},
                                     {B2_S_OP, B2_OP, -1},
                                     {B2_S_A, B2_A, -1},
                                     {B2_S_Z, B2_Z, -1},
                                     {B2_S_ISS, B2_ISS, -1}};

const eco__entry *eco_b2_entries(size_t *n)
{
  *n = sizeof entries / sizeof entries[0];
  return entries;
}

/* ---- as a graph */

typedef struct builder {
  eco__graph *g;
  eco__node state[B2_STATES];
} builder;

static eco__node op(builder *b, eco__op which, eco__node x, eco__node y)
{
  return eco__graph_apply(b->g, which, x, y, ECO__NO_NODE);
}

static eco__node times(builder *b, eco__node x, eco__node y)
{
  return op(b, ECO__MULTIPLY, x, y);
}

static eco__node quantity(builder *b, double value, const char *unit)
{
  return eco__graph_quantity(b->g, value, unit);
}

static eco__node monod(builder *b, eco__node x, double half, const char *unit)
{
  return op(b, ECO__DIVIDE, x, op(b, ECO__ADD, x, quantity(b, half, unit)));
}

static eco__node rate_of(builder *b, eco__node theta, double k, eco__node what)
{
  return times(b, times(b, times(b, quantity(b, k, "1/d"), theta), quantity(b, 1, "")), what);
}

static eco__node saturation(builder *b, eco__node t)
{
  static const double c[] = {-139.34411, 1.575701e5, -6.642308e7, 1.2438e10, -8.621949e11};
  eco__node k = op(b, ECO__DIVIDE, op(b, ECO__SUBTRACT, t, quantity(b, -273.15, "C")), quantity(b, 1, "K"));
  eco__node sum = quantity(b, c[0], ""), power = k;
  for (int i = 1; i < 5; i++) {
    sum = op(b, ECO__ADD, sum, op(b, ECO__DIVIDE, quantity(b, c[i], ""), power));
    power = times(b, power, k);
  }
  return times(b, eco__graph_apply(b->g, ECO__EXP, sum, ECO__NO_NODE, ECO__NO_NODE), quantity(b, 1, "mg/L"));
}

void eco_b2_graph(eco__graph *g, eco__node rate[B2_FLUXES])
{
  builder b = {.g = g};
  for (uint32_t i = 0; i < B2_STATES; i++)
    b.state[i] = eco__graph_input(g, ECO__STATE, i, "mg/L");
  const eco__node *s = b.state;
  eco__node t = eco__graph_input(g, ECO__FORCED, 0, "C"), light = eco__graph_input(g, ECO__FORCED, 1, "W/m2");
  eco__node one = quantity(&b, 1, ""), theta = eco__graph_at_temperature(g, one, quantity(&b, 1.047, ""), t);
  eco__node oxygen = monod(&b, s[B2_DO], 0.6, "mg/L"), a = monod(&b, s[B2_NH4], 0.025, "mg/L");
  eco__node nitrate = monod(&b, s[B2_NO3], 0.025, "mg/L");
  eco__node growth = rate_of(
    &b, theta, 2, times(&b, monod(&b, light, 60, "W/m2"), times(&b, monod(&b, s[B2_PO4], 0.005, "mg/L"), s[B2_A])));
  rate[B2_G1] = times(&b, growth, a);
  rate[B2_G2] = times(&b, times(&b, growth, op(&b, ECO__SUBTRACT, one, a)), nitrate);
  rate[B2_RE] = rate_of(&b, theta, 0.1, times(&b, oxygen, s[B2_A]));
  rate[B2_DE] = rate_of(&b, theta, 0.05, s[B2_A]);
  rate[B2_OX] = rate_of(&b, theta, 0.23, times(&b, oxygen, s[B2_CBOD]));
  rate[B2_NI] = rate_of(&b, theta, 0.1, times(&b, oxygen, s[B2_NH4]));
  eco__node lack =
    op(&b, ECO__DIVIDE, quantity(&b, 0.6, "mg/L"), op(&b, ECO__ADD, s[B2_DO], quantity(&b, 0.6, "mg/L")));
  rate[B2_DN] = rate_of(&b, theta, 0.1, times(&b, lack, times(&b, monod(&b, s[B2_CBOD], 0.5, "mg/L"), s[B2_NO3])));
  rate[B2_HN] = rate_of(&b, theta, 0.1, s[B2_ON]);
  rate[B2_HP] = rate_of(&b, theta, 0.1, s[B2_OP]);
  rate[B2_HZ] = rate_of(&b, theta, 0.1, s[B2_Z]);
  rate[B2_AIR_IN] = rate_of(&b, theta, 0.6, saturation(&b, t));
  rate[B2_AIR_OUT] = rate_of(&b, theta, 0.6, s[B2_DO]);
  static const int settling[][2] = {
    {B2_S_ON, B2_ON}, {B2_S_OP, B2_OP}, {B2_S_A, B2_A}, {B2_S_Z, B2_Z}, {B2_S_ISS, B2_ISS}};
  for (int k = 0; k < 5; k++)
    rate[settling[k][0]] = times(
      &b, op(&b, ECO__DIVIDE, quantity(&b, k == 4 ? 0.5 : 0.1, "m/d"), quantity(&b, DEPTH_M, "m")), s[settling[k][1]]);
}

/* ---- by hand */

void eco_b2_force_by_hand(double d, double forced[3])
{
  double t = eco_b2_temperature(d), k = t + 273.15, light = eco_b2_light(d);
  forced[0] = pow(1.047, t - 20.0);
  forced[1] = light / (light + 60.0);
  forced[2] =
    exp(-139.34411 + 1.575701e5 / k - 6.642308e7 / (k * k) + 1.2438e10 / (k * k * k) - 8.621949e11 / (k * k * k * k));
}

static void fluxes_by_hand(const void *context, size_t n, const double *y, const double *forced, double *f,
                           double *work)
{
  enum { P = ECO__POINTS };
  (void)context;
  (void)n;
  (void)work;
  ECO__EACH_LANE
  for (size_t p = 0; p < P; p++) {
    double theta = forced[p], light = forced[P + p], o_s = forced[2 * P + p];
    double cbod = y[B2_CBOD * P + p], o2 = y[B2_DO * P + p], nh4 = y[B2_NH4 * P + p], no3 = y[B2_NO3 * P + p];
    double po4 = y[B2_PO4 * P + p], algae = y[B2_A * P + p];
    double f_o = o2 / (o2 + 0.6), a = nh4 / (nh4 + 0.025), b = no3 / (no3 + 0.025);
    double g = 2.0 * theta * light * (po4 / (po4 + 0.005)) * algae;
    f[B2_G1 * P + p] = g * a;
    f[B2_G2 * P + p] = g * (1.0 - a) * b;
    f[B2_RE * P + p] = 0.1 * theta * f_o * algae;
    f[B2_DE * P + p] = 0.05 * theta * algae;
    f[B2_OX * P + p] = 0.23 * theta * f_o * cbod;
    f[B2_NI * P + p] = 0.1 * theta * f_o * nh4;
    f[B2_DN * P + p] = 0.1 * theta * (0.6 / (o2 + 0.6)) * (cbod / (cbod + 0.5)) * no3;
    f[B2_HN * P + p] = 0.1 * theta * y[B2_ON * P + p];
    f[B2_HP * P + p] = 0.1 * theta * y[B2_OP * P + p];
    f[B2_HZ * P + p] = 0.1 * theta * y[B2_Z * P + p];
    f[B2_AIR_IN * P + p] = 0.6 * theta * o_s;
    f[B2_AIR_OUT * P + p] = 0.6 * theta * o2;
    f[B2_S_ON * P + p] = 0.1 / DEPTH_M * y[B2_ON * P + p];
    f[B2_S_OP * P + p] = 0.1 / DEPTH_M * y[B2_OP * P + p];
    f[B2_S_A * P + p] = 0.1 / DEPTH_M * algae;
    f[B2_S_Z * P + p] = 0.1 / DEPTH_M * y[B2_Z * P + p];
    f[B2_S_ISS * P + p] = 0.5 / DEPTH_M * y[B2_ISS * P + p];
  }
}

const eco__system eco_b2_by_hand = {.n_states = B2_STATES,
                                    .n_fluxes = B2_FLUXES,
                                    .n_given = 3,
                                    .n_varying = 3,
                                    .n_entries = sizeof entries / sizeof entries[0],
                                    .entries = entries,
                                    .fluxes = fluxes_by_hand};
