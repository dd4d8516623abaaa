/* structure.c -- which numbers of a structure can be changed, and what they are before any change. */
#include "scenario/scenario.h"

#define LAW(name) (1u << ECO__##name)
#define ALL_LAWS (~0u)

static const struct {
  const char *param;
  uint32_t number;
  unsigned laws; /* that read it */
} numbers[] = {{"crest", ECO__S_CREST, LAW(WEIR) | LAW(GATE) | LAW(DAM)},
               {"capacity", ECO__S_CAPACITY, ALL_LAWS},
               {"hold_level", ECO__S_HOLD, LAW(DAM)},
               {"open_level", ECO__S_OPEN, LAW(GATE)},
               {"opening", ECO__S_OPENING, LAW(GATE)},
               {"active", ECO__S_ACTIVE, ALL_LAWS},
               {"demand", ECO__C_DEMAND, LAW(INTAKE)},
               {"demand", ECO__S_SUPPLY, LAW(DAM)},
               {"release", ECO__C_DEMAND, LAW(DAM)},
               {"on_level", ECO__S_ON, LAW(PUMP) | LAW(SIPHON)},
               {"off_level", ECO__S_OFF, LAW(PUMP) | LAW(SIPHON)},
               {"units", ECO__S_UNITS, LAW(PUMP)},
               {"conductance", ECO__S_CONDUCTANCE, LAW(LINK)},
               {"outside_level", ECO__S_OUTSIDE, ALL_LAWS}};

bool eco__structure_number(eco__law law, const char *param, uint32_t *number)
{
  for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++)
    if (eco__text_equal(numbers[k].param, param) && (law == ECO__CHANNEL || (numbers[k].laws & (1u << law)))) {
      *number = numbers[k].number;
      return true;
    }
  return false;
}

double eco__structure_base(const eco__structure *s, uint32_t number, eco_day day)
{
  int year, month, of_month;
  eco_day_to_date(day, &year, &month, &of_month);
  switch (number) {
  case ECO__C_DEMAND:
    return s->demand[month - 1];
  case ECO__S_SUPPLY:
    return s->supply[month - 1];
  case ECO__S_OUTSIDE:
    return s->outside[month - 1];
  case ECO__S_HOLD:
    return eco__rule_level(s, 1.0 + (double)(day - eco_day_from_date(year, 1, 1)));
  default:
    return s->numbers[number];
  }
}
