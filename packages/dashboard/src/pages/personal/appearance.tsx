import { setTheme, useTheme, type Theme } from '../../shell/theme.ts';
import { Card } from '../../ui/bits.tsx';
import { ChoiceCards } from '../../ui/choice.tsx';
import { PersonalFrame } from '../settings-frame.tsx';

const choices = [
  { value: 'light', label: 'Light', text: 'Dark letters on white.' },
  { value: 'dark', label: 'Dark', text: 'Light letters on near black.' },
  { value: 'system', label: 'As the system', text: 'Follows your computer, day and night.' },
];

export const AppearancePage = () => (
  <PersonalFrame title="Appearance" intro="Kept in this browser.">
    <Card title="Theme">
      <ChoiceCards
        columns
        legend="Colours of the dashboard"
        choices={choices}
        value={useTheme()}
        onChange={(value) => setTheme(value as Theme)}
      />
    </Card>
  </PersonalFrame>
);
