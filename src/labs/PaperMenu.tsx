import { Menu } from '@base-ui/react/menu'
import { useLabSession } from '../session/context'
import { openLab, useOpenLab } from './open-lab'
import './PaperMenu.css'
import { LABS } from './registry'

/** The labs, in the order of the paper. */
export function PaperMenu() {
  const session = useLabSession()
  const open = useOpenLab()
  return (
    <Menu.Root>
      <Menu.Trigger className="quiet">Paper</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-layer" sideOffset={8} align="end" collisionPadding={8}>
          <Menu.Popup className="popup lab-menu">
            {LABS.all.map((lab) => (
              <Menu.Item
                key={lab.id}
                className="lab-menu-item"
                aria-current={lab === open || undefined}
                onClick={() => openLab(session, lab)}
              >
                <span className="lab-menu-figure">{lab.figure}</span>
                <span>{lab.title}</span>
              </Menu.Item>
            ))}
            <Menu.LinkItem className="lab-menu-licences" href="./licences.txt" target="_blank">
              Licences
            </Menu.LinkItem>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
