export { ConnectorPage } from './connector.tsx';
export { ConnectorsPage } from './connectors.tsx';
export { EditConnectorPage, NewConnectorPage } from './edit.tsx';
export { ConnectorTypesPage } from './gallery.tsx';
