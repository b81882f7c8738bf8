/** Training computes in the precision of GPUs; who asks for the value of a loss alone gets that of JavaScript. */
export type Floats = Float32Array | Float64Array
