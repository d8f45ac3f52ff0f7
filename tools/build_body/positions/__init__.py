"""Pictures of how a step is done: the CC0 body posed by inverse kinematics, drawn as hidden-line art.

`figure` reads the mesh, `pose` turns bones, `contact` lets skin give way, the scene modules (`wall`, `floor`, `seat`,
`knee`, `reach`) solve who touches what, `sight` and its followers draw, `writer` packs, `build` knows which pictures
there are. Nothing outside this package imports it.
"""
