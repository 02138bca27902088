export { EditStackPage, NewStackPage } from './edit.tsx';
export { StackPage } from './stack.tsx';
export { StacksPage } from './stacks.tsx';
