import { choosePreset, reset, setDimension, setHead, togglePlay } from '../session/actions'
import { useSession } from '../session/store'
import { StageView } from './StageView'

export function App() {
  const { status, experiment } = useSession()
  return (
    <div className="app">
      <header>
        <button onClick={togglePlay}>Play</button>
        <button onClick={reset}>Reset</button>
        <button onClick={() => setDimension(experiment.network.dimension === 2 ? 3 : 2, null)}>d</button>
        <button onClick={() => choosePreset('softmax')}>softmax</button>
        <button onClick={() => setHead({ bias: !experiment.head.bias })}>bias</button>
        {JSON.stringify(status)}
      </header>
      <main>
        <StageView />
      </main>
    </div>
  )
}
