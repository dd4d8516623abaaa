/* culvert.c -- a barrel under a road or a dyke, round or a box, part full or full, either way.
 *
 *   STR-10 Q = count least(inlet, outlet), least as STR-2        inlet or outlet control           [FHWA2012] ch. 3
 *          inlet  = 0.95 A(yc) sqrt(2 g y/3) for y <= D, Cd A_full sqrt(2 g (y - 0.7 D)) for y >= 1.25 D, between them
 *          their sum weighed by s((y - D) / (D/4)): critical at the mouth, the mouth as an orifice
 *          outlet = A(y) sqrt(2 g (h1 - ho) / (1 + entry_loss + 2 g n^2 L / R^(4/3)))  exit, entry and friction losses
 *          y = h1 - sill, the higher of both inverts;  yc = min(2/3 y, D);  ho = max(h2, invert below + yc)
 *
 * differs: HDS-5 words inlet control by a regression for each shape of mouth, sqrt((y/D - Y)/c); Cd 0.62 and 0.7 D are
 * that of a square edge in a headwall, round (c 0.0398, Y 0.67) or a box (0.0400, 0.80), to 5 %. HDS-5 lets a free outlet stand
 * at (critical depth + D)/2; here it stands at 2/3 of the head until the barrel is full there, at D from then on: the
 * same within 0.1 D. A part-full barrel has the area of the side that gives (as WAT-9), and its radius no larger than
 * the full barrel's, so that the flow rises with the level to the top and beyond. Not for barrels so steep and long
 * that air enters. */
#include "water/smooth.h"
#include "water/water.h"

#define MOUTH 0.95     /* share of critical flow that passes the mouth: contraction; assumption */
#define CONTRACTED 0.7 /* of the height of the mouth: level that an orifice's head counts from; see above */
#define DROWNS 0.25 /* of the height: rise over which the mouth drowns; [FHWA2012] lets it at Q/(A D^0.5) 1.9 to 2.2 */
#define DRY_M 1e-9  /* depth that passes nothing */
#define PI 3.14159265358979323846

typedef struct wetted { /* of a barrel at a depth: area, radius and their slopes in the depth */
  double area, in_area, radius, in_radius;
} wetted;

static wetted round_at(double d, double y)
{
  if (y >= d)
    return (wetted){0.25 * PI * d * d, 0.0, 0.25 * d, 0.0};
  double angle = 2.0 * acos(1.0 - 2.0 * y / d), top = 2.0 * sqrt(y * (d - y));
  double area = 0.125 * d * d * (angle - sin(angle)), rim = 0.5 * d * angle;
  if (y >= 0.5 * d)
    return (wetted){area, top, 0.25 * d, 0.0};
  double in_rim = 2.0 * d / top; /* d angle / d y = 4 / top */
  return (wetted){area, top, area / rim, (top - area / rim * in_rim) / rim};
}

static wetted box_at(double b, double d, double y)
{
  double full = b * d / (2.0 * (b + d)), radius = b * y / (b + 2.0 * y);
  if (y >= d)
    return (wetted){b * d, 0.0, full, 0.0};
  if (radius >= full)
    return (wetted){b * y, b, full, 0.0};
  return (wetted){b * y, b, radius, radius / y - 2.0 * radius / (b + 2.0 * y)};
}

static double height_of(const eco__barrel *p)
{
  return isnan(p->diameter_m) ? p->height_m : p->diameter_m;
}

static wetted wet_at(const eco__barrel *p, double y)
{
  return isnan(p->diameter_m) ? box_at(p->width_m, p->height_m, y) : round_at(p->diameter_m, y);
}

/* Critical flow at the mouth, and the mouth as an orifice once it is under water, of the depth y over the sill. */
static double inlet_flow(const eco__barrel *p, double cd, double y, double *slope)
{
  double d = height_of(p), g2 = 2.0 * ECO__GRAVITY;
  double yc = 2.0 / 3.0 * y, moves = yc < d ? 2.0 / 3.0 : 0.0;
  wetted w = wet_at(p, yc < d ? yc : d);
  double speed = sqrt(g2 * y / 3.0), critical = MOUTH * w.area * speed;
  *slope = MOUTH * (w.in_area * moves * speed + 0.5 * w.area * speed / y);
  if (y <= d)
    return critical;
  double full = cd * wet_at(p, d).area, root = sqrt(g2 * (y - CONTRACTED * d)), turn;
  double share = eco__smooth_step((y - d) / (DROWNS * d), &turn);
  *slope = (1.0 - share) * *slope + share * full * 0.5 * g2 / root + (full * root - critical) * turn / (DROWNS * d);
  return (1.0 - share) * critical + share * full * root;
}

/* One barrel from the side with the higher level h1; `out` is the invert at its other end. */
static eco__flow barrel_flow(const eco__barrel *p, double cd, double sill, double out, double h1, double h2,
                             double drop)
{
  double y = h1 - sill, d = height_of(p), g2 = 2.0 * ECO__GRAVITY;
  if (!(y > DRY_M))
    return (eco__flow){0};
  double yc = 2.0 / 3.0 * y, moves = yc < d ? 2.0 / 3.0 : 0.0;
  double stands = out + (yc < d ? yc : d), felt = h2 > stands ? 1.0 : 0.0, below = felt > 0 ? h2 : stands;
  wetted w = wet_at(p, y);
  double friction = g2 * p->manning_n * p->manning_n * p->length_m / (w.radius * cbrt(w.radius));
  double losses = 1.0 + p->entry_loss + friction, slope, in_drop, in_inlet, in_a, in_b;
  double root = eco__head_root(h1 - below, drop, &slope, &in_drop), speed = sqrt(g2 / losses);
  double outlet = w.area * speed * root;
  double in_y = w.in_area * speed * root + outlet * (2.0 / 3.0) * friction / losses * w.in_radius / w.radius;
  double in_h1 = in_y + w.area * speed * slope * (felt > 0 ? 1.0 : 1.0 - moves);
  double q = eco__smooth_least(inlet_flow(p, cd, y, &in_inlet), outlet, &in_a, &in_b);
  return (eco__flow){q, in_a * in_inlet + in_b * in_h1, in_b * felt * w.area * speed * slope};
}

eco__flow eco__culvert_flow(const eco__structure *s, double level_up, double level_down)
{
  const eco__barrel *p = &s->barrel;
  double sill = p->invert_up_m > p->invert_down_m ? p->invert_up_m : p->invert_down_m;
  sill = sill > s->bed_m ? sill : s->bed_m;
  bool runs_on = level_up >= level_down;
  eco__flow f = runs_on ? barrel_flow(p, s->coefficient, sill, p->invert_down_m, level_up, level_down, s->smooth_drop_m)
                        : barrel_flow(p, s->coefficient, sill, p->invert_up_m, level_down, level_up, s->smooth_drop_m);
  f = (eco__flow){p->count * f.q, p->count * f.q_up, p->count * f.q_down};
  return runs_on ? f : (eco__flow){-f.q, f.q_down, f.q_up};
}
