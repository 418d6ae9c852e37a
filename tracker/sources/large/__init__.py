"""What do sources share that come as a few large tables of comma-separated values?"""
