"""The colours of charts, told apart in print, on dark pages and by people who see few colours."""

GROUND = "#FFFFFF"
INK, MUTED = "#1F2937", "#4B5563"
NOW, SURE, HOPED, TARGET, LAST = "#14324A", "#2B6CB0", "#A9BFD3", "#C2410C", "#6B7280"
"""Today and period 1; what is proved, and period 2; what is lived only, outlined by SURE; the target; last time."""
LINE, GRID, BAND, STRIPE = "#7F8793", "#E5E7EB", "#F3F4F6", "#F9FAFB"
"""What joins two marks; and what lies behind marks and says nothing by its colour."""
LOADS = ("#D1D5DB", "#8B929C", "#3B424D")
"""Little, full and more than full weeks; outlined by LINE, and told by their height as well."""
