/** The jobs at work, for what shows parts. */
export { isOver, jobs, stageText } from '@/features/jobs/jobs.svelte';
