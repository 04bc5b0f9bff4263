"""The store of figures on a disk or a server, and the engines that answer questions of it."""
