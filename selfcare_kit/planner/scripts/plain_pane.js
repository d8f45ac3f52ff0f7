export default { render: (view) => openPane(view).close };
