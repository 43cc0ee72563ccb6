import { createRoot } from 'react-dom/client';
import { App } from './App';
import './styles.css';
import './execution.css';

createRoot(document.getElementById('root')!).render(<App />);
