"""Queues: beds, places at home and in care, and waiting lists.

`steady` has the exact answers for a queue that has settled. `arrivals`, `stays` and `pool` follow
patients one by one from today, through nights, Mondays and winters; `futures` does so many times.
`discharge` is the way out of hospital, `bands` a waiting list week by week. Times are days.
"""
