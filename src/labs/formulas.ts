/** Long equations of more than one lab, in lines that fit a rail. */
export const EQ_8 =
  String.raw`\begin{aligned}\mathcal L_T&=\sum\bigl[d_{ap}^2-d_{an}^2+\alpha` +
  String.raw`\bigr]_+\\d_{ij}&=\lVert f(i)-f(j)\rVert\end{aligned}`

export const EQ_10 =
  String.raw`\begin{aligned}\psi(\theta)&=(-1)^k\cos m\theta-2k\\\theta&` +
  String.raw`\in\Bigl[\tfrac{k\pi}m,\tfrac{(k+1)\pi}m\Bigr]\end{aligned}`

export const EQ_11 =
  String.raw`\begin{aligned}\mathcal L&=-\frac1N\sum_i\log\frac{e^{\lVert x_i\rVert\psi_i}}{e^{\lVert ` +
  String.raw`x_i\rVert\psi_i}+R_i}\\\psi_i&=\psi(\theta_{y_i}),\quad R_i=\sum_{j\ne y_i}e^{\lVert ` +
  String.raw`x_i\rVert\cos\theta_j}\end{aligned}`
