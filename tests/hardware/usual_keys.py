"""The keys of the usual boxes, as their models have them."""

from ticketserver.shared.device_models import load_models

_BOXES = load_models(None).box
UB485_KEYS = _BOXES["ub485-4key"].keys
LINE_KEYS = _BOXES["line-7key"].keys
