/* stoichiometry.h -- masses that go together, by the abridged atomic weights of IUPAC: C 12.011, N 14.007, O 15.999, P 30.974. As numbers, and
 * as the tables of the families have them.
 *
 *   STO-1  NH4 to NO2 takes 3/2 O2 a N, NO2 to NO3 1/2 O2: 47.997/14.007 and 15.999/14.007 g/g, 63.996/14.007 together
 *   STO-2  growth gives 107/106 O2 a C on ammonia, 138/106 on nitrate [ChapraPelletierTao2008]: 31.998/12.011 times that */
#ifndef ECO__STOICHIOMETRY_H
#define ECO__STOICHIOMETRY_H

#define ECO__O2_PER_N (63.996 / 14.007)
#define ECO__O2_NH4_TO_NO2 "47.997/14.007"
#define ECO__O2_NO2_TO_NO3 "15.999/14.007"
#define ECO__O2_NH4_TO_NO3 "63.996/14.007"
#define ECO__O2_PER_C_ON_NH4 "3423.786/1273.166" /* 31.998 x 107 over 12.011 x 106 */
#define ECO__O2_PER_C_ON_NO3 "4415.724/1273.166" /* 31.998 x 138 over 12.011 x 106 */

#endif
