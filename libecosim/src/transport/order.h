/* order.h -- private to the transport room. */
#ifndef ECO__TRANSPORT_ORDER_H
#define ECO__TRANSPORT_ORDER_H

#include "transport/transport.h"

/* Chains so that who gives comes before who gets; direction NULL: all links run down; 0: stands still. waiting[n_chains] is
 * work. false: links run in a circle. */
bool eco__transport_order(const eco_model *model, const int8_t *direction, uint32_t *waiting, uint32_t *order);
/* Links whose up (or down) cell lies in each chain, sorted by chain; false when memory is out. */
bool eco__transport_links(const eco_model *model, eco__arena *arena, bool by_up, const uint32_t **first,
                          const uint32_t **list);
/* Can the lane go in the nominal order? */
bool eco__transport_nominal(const eco__transport_block *block, const eco__hydraulics *hydraulics, size_t lane);
/* An order of the lane's own: fills direction and lane_order; false where its water runs in a circle that cannot be cut. */
bool eco__transport_lane_order(eco__transport_block *block, const eco__hydraulics *hydraulics, size_t lane);

#endif
