/* model.h -- the compiled basin: flat arrays over cells, faces, sources. Immutable; all memory in one arena.
 *
 * A cell is a storage: a piece of a reach (trapezoid x length) or a lake (level-area table). A face is a flow between two
 * cells, or out of the model (down = ECO__OUTSIDE). A chain is a run of cells, upstream to downstream, along which water
 * is carried by the remap; a lake is a chain of one mixed cell. A link is a face that is not inside a chain. */
#ifndef ECO__MODEL_H
#define ECO__MODEL_H

#include "basin/basin.h"
#include "basin/params.h"
#include "basin/process.h"
#include "basin/section.h"
#include "ecosim/model.h"

#define ECO__OUTSIDE UINT32_MAX
#define ECO__GRAVITY 9.81 /* m/s2, as in the reference cases */

enum {
  ECO__MOST_GIVEN = ECO__MOST_CONSTITUENTS + 1
}; /* a concentration or load may be given for each state, and for TN */

typedef struct eco__observable { /* a sum of states */
  eco_constituent about;
  const uint32_t *states;
  const double *weights;
  uint32_t n;
  bool on_bed; /* g/m2 */
} eco__observable;

typedef struct eco__decay { /* of a constituent of the basin's own */
  double per_d, theta, settling_m_d;
} eco__decay;

typedef struct eco__own_param { /* of a process */
  const char *process, *name, *unit;
  double value, lowest, highest;
  eco_spec spec; /* of changes */
} eco__own_param;

typedef struct eco__own_kinetics { /* processes of the basin's own, all together */
  eco__graph graph;                /* states by their place in the list below */
  size_t n_states, n_fluxes, n_entries, n_params;
  const uint32_t *states;    /* of the model */
  const eco__node *rates;    /* [flux] mg/L/d, at least 0 */
  const uint8_t *sides;      /* [flux] eco_process_side */
  const eco__entry *entries; /* by flux, then by state */
  const eco__own_param *params;
  size_t n_masks;    /* of processes that run in some waters only: forcing after the surroundings, 1 or 0 */
  const bool *masks; /* [mask][water] */
  bool reads[ECO_N_SURROUNDINGS];
  const bool *moved; /* [state] by some flux */
} eco__own_kinetics;

typedef struct eco__table { /* level-area table of a lake; volume is the exact integral of the area */
  size_t n;
  const double *level_m, *area_m2, *volume_m3;
} eco__table;

typedef enum eco__law {
  ECO__CHANNEL, /* momentum between two cells */
  ECO__NORMAL,  /* outlet of the model at normal depth */
  ECO__STAGE,   /* outlet of the model to a given level */
  ECO__WEIR,
  ECO__GATE,
  ECO__DAM,
  ECO__INTAKE,
  ECO__ORIFICE,
  ECO__CULVERT,
  ECO__SIPHON,
  ECO__PUMP,
  ECO__RATING, /* tabulated outflow */
  ECO__LINK    /* linear in the difference of levels */
} eco__law;
const char *eco__law_word(eco__law law); /* of a structure, as "law" says it; NULL: not a structure's */

/* what a structure's numbers can be changed to: [structure][these][lane] in a run; NaN: not given */
enum {
  ECO__S_CREST,
  ECO__S_CAPACITY, /* NaN: no limit */
  ECO__S_HOLD,
  ECO__S_OPEN, /* NaN: always open */
  ECO__S_ACTIVE,
  ECO__S_OPENING, /* of a gate, m over its sill; NaN: out of the water */
  ECO__S_SUPPLY,  /* what a dam gives for power and supply, m3/s */
  ECO__S_ON,      /* a pump's or siphon's levels; NaN: always on */
  ECO__S_OFF,
  ECO__S_UNITS,       /* of a pump */
  ECO__S_CONDUCTANCE, /* m2/s */
  ECO__S_OUTSIDE,     /* level outside the model; NaN: a free fall */
  ECO__N_CHANGEABLE,
  ECO__S_RUNNING = ECO__N_CHANGEABLE, /* state: units that run, 1 where a siphon is full; set at the start of a step */
  ECO__S_FALL,                        /* of the iteration before, m; NaN: none */
  ECO__S_TURNED,                      /* 1 once the fall has turned in this step */
  ECO__N_STRUCTURE_NUMBERS
};

typedef struct eco__curve { /* flow over a level or a lift */
  size_t n;
  const double *x_m, *flow_m3_s;
} eco__curve;

typedef struct eco__barrel { /* of a culvert */
  double diameter_m;         /* NaN: a box of width and height */
  double width_m, height_m, length_m, manning_n, invert_up_m, invert_down_m, entry_loss, count;
} eco__barrel;

typedef struct eco__structure {
  const char *name, *place;
  eco__law law;
  uint32_t face;
  double width_m, coefficient, min_level_m, band_m, smooth_drop_m;
  double bed_m;             /* the higher bed of its two cells: no sill works below it, a dry cell gives nothing */
  double bed_up_m;          /* of the cell above */
  double draws_m;           /* from a layered lake; NaN: from its surface */
  double area_m2, centre_m; /* orifice; area of a siphon too */
  double loss;              /* siphon: head lost over u^2/2g */
  double outlet_m, stage_m; /* pump: level it lifts to at least; between the switching levels of its units */
  double supply_level_m;    /* dam: nothing beyond the least release is given below */
  eco__barrel barrel;
  eco__curve lift, rating;
  bool one_way;
  double numbers[ECO__N_STRUCTURE_NUMBERS];
  double demand[12];  /* intake: demand; dam: least release; m3/s */
  double supply[12];  /* dam: ECO__S_SUPPLY; NaN: none */
  double outside[12]; /* ECO__S_OUTSIDE */
  size_t n_rule;      /* dam: points of its rule curve; 0: ECO__S_HOLD all year */
  const double *rule_day, *rule_level_m;
} eco__structure;
/* Level that a dam holds on a day, 1..366 of the year: straight between the points of its rule, round the year. */
double eco__rule_level(const eco__structure *structure, double day_of_year);

typedef struct eco__face {
  uint32_t up, down; /* cells */
  eco__law law;
  uint32_t structure; /* or ECO__OUTSIDE */
  double distance_m;  /* between the cells' centres */
  double bed_up_m;    /* bed that counts when the water comes from `up`, and from `down` */
  double bed_down_m;
  double floor_m;               /* the level below counts no lower than this: a free fall at a junction draws no more */
  double slope;                 /* bed slope; ECO__NORMAL: of the flow */
  eco__shape shape, shape_down; /* of the cells beside it; the first stands for both where they are one trapezoid */
} eco__face;

typedef struct eco__water {
  const char *name;
  eco_kind kind;
  uint32_t first_cell, n_cells, downstream; /* downstream: water or ECO__OUTSIDE */
  double length_m;
  double outlet_m[12];    /* level outside that the lower end meets; NaN: none */
  double rain_factor[12]; /* rain here over that of the climate; 0 for reaches */
  uint32_t out_face;      /* of its lower end to the downstream water or outside; ECO__OUTSIDE for lakes */
  bool has_inflow, fixed_inlet;
  double inflow_m3_s[12];         /* NaN where only the series below is given */
  eco__series daily_inflow;       /* m3/s; goes before */
  bool fill_gaps;                 /* days it lacks are as inflow_m3_s says */
  const double *inflow_mg_l;      /* [month][state] */
  double inflow_c[12], initial_c; /* NaN: not given */
  double inflow_oxygen_share;     /* NaN: inflow_mg_l's DO */
  const double *initial_mg_l;     /* [state]; NaN DO: saturation */
  double sod_g_m2_d, release_nh3_mg_m2_d, release_tp_mg_m2_d;
} eco__water;

typedef struct eco__chain {
  uint32_t first_cell, n_cells;
  bool mixed;
  uint32_t first_face; /* index into chain_faces: n_cells - 1 inner faces */
  uint32_t end_face;   /* leaves the last cell in the remap; ECO__OUTSIDE where there is none */
} eco__chain;

/* Two mixed lakes that exchange water both ways (MIX-5). */
typedef struct eco__exchange {
  uint32_t a, b; /* cells */
  double steady_m3_s, per_wind_m2;
} eco__exchange;

/* A lake in layers: points of their own beyond the cells, top first. Its cell holds the water, its layers what is in it. */
typedef struct eco__stack {
  uint32_t cell, first, n;
  double extinction_per_m;
  double wind_share, exchange_m2_s; /* NaN: LAY-7, LAY-5 */
  double initial_bottom_c;          /* NaN: as the surface */
} eco__stack;

typedef struct eco__catchment {
  const char *name;
  uint32_t water;
  uint32_t intake; /* structure that its paddies are irrigated from, or ECO__OUTSIDE */
  double area_m2;
  eco__land_params land;
} eco__catchment;

typedef struct eco__sewer { /* a combined one; its source's flow is the sewage in it */
  bool spills;              /* false: the source is none */
  double capacity_m3_s, area_m2, runoff_share, storm_s;
} eco__sewer;

typedef struct eco__source {
  const char *name, *place, *group;
  uint32_t water, catchment;               /* catchment: ECO__OUTSIDE where steady */
  uint32_t cell;                           /* ECO__OUTSIDE: evenly along the water */
  double flow_m3_s, active, temperature_c; /* NaN: not given */
  eco__sewer sewer;
  const double *conc_mg_l, *load_kg_d; /* [given]: the states, then TN */
  bool has_tn_conc, has_tn_load;
} eco__source;

/* what a site's numbers can be changed to */
enum { ECO__SITE_INFILTRATION, ECO__SITE_FIX, ECO__SITE_REV, ECO__SITE_RES, ECO__N_SITE_NUMBERS };
typedef struct eco__site {
  const char *name, *place;
  uint32_t water, state;
  double area_m2, total_mg_kg, exchangeable_share;
  eco__soil_params soil;
  double numbers[ECO__N_SITE_NUMBERS];
} eco__site;

typedef struct eco__section {
  const char *name;
  uint32_t cell;
  double depth_m; /* in a layered lake */
} eco__section;

/* elimination: one order for the symmetric pattern of the faces, least fill first (order.c) */
typedef struct eco__pivot {
  uint32_t cell, first, n; /* neighbours still to be eliminated: first.. in the arrays below */
} eco__pivot;
typedef struct eco__order {
  size_t n_entries, n_neighbours, n_updates;
  const eco__pivot *pivots;     /* [n_cells] */
  const uint32_t *neighbour;    /* cell */
  const uint32_t *entry_row;    /* a[neighbour][pivot] */
  const uint32_t *entry_column; /* a[pivot][neighbour] */
  const uint32_t *update;       /* for each pivot n*(n-1) entries a[i][j], i-major, j != i */
  const uint32_t *update_first; /* [n_cells] */
  const uint32_t *face_up_down; /* [n_faces] entry a[up][down]; unused for outlets */
  const uint32_t *face_down_up; /* [n_faces] entry a[down][up] */
} eco__order;

struct eco_model {
  eco__arena arena;
  const char *name;
  size_t n_cells, n_faces, n_waters, n_structures, n_catchments, n_sources, n_sites, n_sections, n_chains, n_links;

  /* cells; those of points are [n_points]: the cells, then the layers of lakes */
  size_t n_points, n_stacks;
  const eco__stack *stacks;
  size_t n_exchanges;
  const eco__exchange *exchanges;
  const uint32_t *cell_stack; /* [point] ECO__OUTSIDE: not of a layered lake */
  const uint32_t *cell_water; /* [point] */
  const uint32_t *cell_table; /* [point] index of tables, ECO__OUTSIDE for reaches */
  const double *cell_length_m, *cell_bed_m;
  const eco__shape *cell_shape;
  const double *cell_start_m;                          /* level at the start of the warm-up */
  const double *cell_dispersion;                       /* NaN: Fischer */
  const double *cell_storage_m2, *cell_exchange_per_s; /* dead zones; 0: none */
  bool has_storage;
  const uint32_t *cell_chain;
  /* channel faces of a cell that one channel goes straight through; ECO__OUTSIDE: a junction, a structure, an end, a lake; below the
   * last cell above an outlet at normal depth there is none */
  const uint32_t *cell_above, *cell_below;
  const bool *cell_joins; /* three and more faces meet, intakes not counted */
  const eco__table *tables;
  size_t n_tables;

  const eco__face *faces;
  const uint32_t *chain_faces;
  const uint32_t *links; /* faces not inside chains, chain ends included */
  const eco__chain *chains;
  const eco__water *waters;
  const eco__structure *structures;
  const uint32_t *serves; /* [structure] the irrigating intake that it feeds, or ECO__OUTSIDE */
  const eco__catchment *catchments;
  const eco__source *sources;
  const eco__site *sites;
  const eco__section *sections;
  eco__order order;

  bool has_climate;
  eco__climate climate;
  const eco_weather_source *weather; /* told.c: for whoever asks */
  size_t n_weather;
  /* constituents */
  bool has_bulk;          /* the bulk kinetics and its states, the first ones */
  size_t n_states, n_own; /* n_own: the last of them are the basin's own */
  size_t n_carried;       /* the first of them; the others lie on the bed, counted in g as they are */
  size_t n_given;
  uint32_t oxygen, tn; /* state; given. ECO__OUTSIDE: none */
  uint32_t
    heat; /* state, temperature times volume, C m3 where others are g; ECO__OUTSIDE: temperature is not carried */
  size_t n_observables;
  const eco_constituent *states;
  const eco__observable *observables;
  const char *const *soil_names; /* [state] of what sites hold, in the ledger */
  const char *const *given_names;
  eco__own own;            /* names */
  const eco__decay *decay; /* [own] */

  eco__own_kinetics processes;

  bool heat_budget;
  double kinetics[32]; /* in the order of the kinetics rows of the parameter table */
  size_t n_kinetics;
};

/* Whether a cell holds the water of a layered lake: what is in it is in its layers. */
static inline bool eco__is_layered(const eco_model *m, size_t cell)
{
  return cell < m->n_cells && m->cell_stack[cell] != ECO__OUTSIDE;
}

/* The stack of a layer; NULL: a cell. */
static inline const eco__stack *eco__stack_of_layer(const eco_model *m, size_t point)
{
  return point < m->n_cells ? NULL : &m->stacks[m->cell_stack[point]];
}

/* A lake at a level: its surface and what it holds. */
typedef struct eco__pool {
  double area_m2, volume_m3;
} eco__pool;
eco__pool eco__table_at(const eco__table *table, double level_m);
/* Volume and level of one cell. */
double eco__cell_volume(const eco_model *model, uint32_t cell, double level_m);
double eco__cell_level(const eco_model *model, uint32_t cell, double volume_m3);

/* The face at the lower side of a cell of a reach: to the next cell of its water, or the water's lower end. */
uint32_t eco__face_below(const eco_model *model, uint32_t cell);

/* order.c: pattern from the faces; ECO_NO_MEMORY only */
eco_status eco__order_make(eco__arena *arena, size_t n_cells, const eco__face *faces, size_t n_faces, eco__order *out);

#endif
