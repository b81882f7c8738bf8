/**
 * The row of W that stands for class `j` and the feature at `x`: text for an expression, and the function behind
 * it, which a head with one row for each class goes without.
 */
export function nearestRow(
  dimension: number,
  subCenters: number,
): { readonly functions: string; readonly row: (j: string) => string } {
  if (subCenters === 1) return { functions: '', row: (j) => j }
  return {
    row: (j) => `nearestRow(${j}, x)`,
    functions: `
fn nearestRow(j: u32, x: u32) -> u32 {
  var nearest = j * ${subCenters}u;
  var highest = ${-3.4e38};
  for (var row = j * ${subCenters}u; row < (j + 1u) * ${subCenters}u; row++) {
    var product = 0.0;
    var square = 0.0;
    for (var k = 0u; k < ${dimension}u; k++) {
      let v = parameters[settings.weights + row * ${dimension}u + k];
      product += v * features[x + k];
      square += v * v;
    }
    // The length of the feature changes no order.
    let along = product / normOf(square);
    if (along > highest) {
      highest = along;
      nearest = row;
    }
  }
  return nearest;
}`,
  }
}
