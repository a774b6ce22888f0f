/** A QR code drawn from its modules: dark on white whatever the theme, with the quiet zone that readers need (ISO/IEC 18004: four modules). */
export const QrCode = ({ modules, label }: { readonly modules: readonly string[]; readonly label: string }) => {
  const side = modules.length + 8;
  const path = modules.flatMap((row, y) =>
    [...row].flatMap((module, x) => (module === '#' ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])),
  );
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      width={200}
      height={200}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  );
};
