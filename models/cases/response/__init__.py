"""The named company is heard: invited with what staff release, it answers by a link; nothing of the filer is shown."""
