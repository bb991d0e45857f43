"""HTTP for cases: reporting, the queue, one case, one's own decisions and appeals, and the moderators' desk."""
