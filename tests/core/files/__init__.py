"""Files for the tests of the file room, all made here: good.py makes what must pass, hostile.py what must not."""
