"""Where things lie on the body: the atlas, points, pain zones."""
