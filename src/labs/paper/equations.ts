import { withLoss } from '../experiments'
import { EQ_8, EQ_10, EQ_11 } from '../formulas'
import type { Lab } from '../lab'

export const lab: Lab = {
  id: 'equations',
  after: 'table-1',
  figure: 'Eq. 1–13',
  title: 'All equations, put right',
  claim:
    'The formulas of the paper in the order in which they are printed. Where they were printed wrong, the note ' +
    'says what was put right.',
  equations: [
    {
      number: '1',
      tex:
        String.raw`\mathcal L_S=-\frac1m\sum_{i=1}^m\log\frac{e^{W_{y_i}^{\mathsf T}x_i+b_{y_i}}}{` +
        String.raw`\sum_j e^{W_j^{\mathsf T}x_i+b_j}}`,
      note: 'As printed.',
      losses: ['softmax'],
    },
    {
      number: '2, 3',
      tex: String.raw`\mathcal L_C=\mathcal L_S+\lambda\operatorname*{mean}_i\tfrac12\lVert x_i-c_{y_i}\rVert^2`,
      note:
        'The weight $\\lambda$ is missing in print. The sum is that of the source; the mean in its place keeps ' +
        '$\\lambda$ the same for any batch. The centres follow: $\\Delta ' +
        'c_j=\\sum(c_j-x)/(1+n_j)$, times a rate $\\alpha$.',
      losses: ['softmax-center'],
    },
    {
      number: '4',
      tex:
        String.raw`\mathcal L_R=\mathcal L_S+\lambda(\alpha\,\mathcal L_{` +
        String.raw`\text{intra}}+\beta\,\mathcal L_{\text{inter}})`,
      note: 'Not the $\\mathcal L_{\\text{intra}}$ of center loss, but that of eq. 5.',
      losses: ['softmax-range'],
    },
    {
      number: '5',
      tex: String.raw`\mathcal L_{\text{intra}}=\sum_{\text{classes}}\frac k{\sum_{j\le k}1/D_j}`,
      note:
        '$D_1,\\dots,D_k$ are the largest squared distances within one class; the printed $D_j$ does not say of ' +
        'which.',
    },
    {
      number: '6',
      tex: String.raw`\mathcal L_{\text{inter}}=\max\bigl(m-\lVert\bar x_Q-\bar x_R\rVert^2,\,0\bigr)`,
      note: 'The second line lacks its 0. It separates the two nearest classes; it does not make them compact.',
    },
    {
      number: '7',
      tex: String.raw`\lVert f(a)-f(p)\rVert^2+\alpha<\lVert f(a)-f(n)\rVert^2`,
      note: 'Terms were misplaced: the positive was missing.',
    },
    {
      number: '8',
      tex: EQ_8,
      note: 'The same.',
      losses: ['softmax-triplet'],
    },
    {
      number: '9',
      tex: String.raw`\mathrm{CS}(x,y)=\frac{x^{\mathsf T}y}{\lVert x\rVert\,\lVert y\rVert}`,
      note: 'As printed.',
    },
    {
      number: '10',
      tex: EQ_10,
      note:
        '$k=0,\\dots,m-1$; the printed domain $[0,\\pi/m]$ leaves only $k=0$. There $\\psi$ equals ' +
        '$\\cos m\\theta$, not $\\cos\\theta$, as the text has it.',
      losses: ['modified-softmax', 'a-softmax'],
    },
    {
      number: '11',
      tex: EQ_11,
      note:
        'With $\\psi$ of eq. 10, trained as $(\\lambda\\cos\\theta+\\psi)/(1+\\lambda)$ with ' +
        '$\\lambda=\\max(\\lambda_{\\min},\\lambda_0/(1+\\gamma t))$.',
      losses: ['a-softmax'],
    },
    {
      number: '12',
      tex: String.raw`z_j=\lVert x\rVert\cos\theta_j\qquad\lVert W_j\rVert=1,\;b_j=0`,
      note: 'The printed line carries $b_j$ and $W_i$ along.',
      losses: ['modified-softmax'],
    },
    {
      number: '13',
      tex: String.raw`z_j=s\cos\theta_j\qquad\lVert W_j\rVert=\lVert x\rVert=1`,
      note: 'The printed line has no scale $s$, without which no class becomes probable.',
      losses: ['normface'],
    },
  ],
  steps: [
    {
      text:
        'Choose a loss below an equation. Before a run begins it comes with all its settings; during a run its ' +
        'head and terms act at once.',
    },
    { text: 'The section Loss shows its equation with live numbers: point at a symbol to find its slider.' },
  ],
  see:
    'Every loss named here trains in this page. Two sentences of the paper are the wrong way round as well: range ' +
    'loss separates classes and makes each compact, and § 4 should ask for a small distance within classes and a ' +
    'large one between them.',
  experiment: withLoss('a-softmax'),
  recorded: true,
  panels: ['angles', 'training', 'weight-norm', 'bias', 'feature-norm'],
  view: { space: 'raw' },
}
