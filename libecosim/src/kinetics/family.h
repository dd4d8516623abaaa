/* family.h -- the tables of the families: one file each, collected in family.c. */
#ifndef ECO__FAMILY_H
#define ECO__FAMILY_H

#include "ecosim/process.h"

extern const eco_family eco__family_oxygen, eco__family_cbod, eco__family_nitrogen, eco__family_phosphorus,
  eco__family_algae, eco__family_solids, eco__family_bed, eco__family_diagenesis, eco__family_waves, eco__family_metal,
  eco__family_pathogens;

#define ECO__FAMILY(word, sentence, carries, known, words, moves)                                                     \
  {                                                                                                                   \
    word, sentence, carries, known, words, moves, sizeof carries / sizeof carries[0], sizeof known / sizeof known[0], \
      sizeof words / sizeof words[0], sizeof moves / sizeof moves[0]                                                  \
  }

/* where many numbers come from; B: from books, C: an order of magnitude */
#define ECO__BOWIE "Bowie et al. 1985, EPA/600/3-85/040 (B)"
#define ECO__CHAPRA "Chapra 1997 (B)"
#define ECO__QUAL2K "Chapra, Pelletier & Tao 2008, QUAL2K manual (B)"

#endif
