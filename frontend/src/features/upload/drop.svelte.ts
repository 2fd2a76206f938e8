/** Files dragged over the page. A view says what a drop means by taking the target while it is shown. */
export interface DropTarget {
  /** What the overlay says. */
  words: () => string;
  drop: (files: File[]) => void;
}

class Drop {
  over = $state(false);
  target = $state.raw<DropTarget | null>(null);
  #depth = 0;

  /** Decide what a drop means from now on; returns the undoing. */
  take(target: DropTarget): () => void {
    const before = this.target;
    this.target = target;
    return () => {
      if (this.target === target) this.target = before;
    };
  }

  /** Listen on the whole window. Returns the undoing. */
  listen(root: Window): () => void {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const listeners: Record<string, (event: DragEvent) => void> = {
      dragenter: (event) => hasFiles(event) && this.#enter(1),
      dragleave: (event) => hasFiles(event) && this.#enter(-1),
      // Without this the browser would open the file and leave the page.
      dragover: (event) => hasFiles(event) && event.preventDefault(),
      drop: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        this.#depth = 0;
        this.over = false;
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) this.target?.drop(files);
      },
    };
    for (const [name, listener] of Object.entries(listeners)) root.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) root.removeEventListener(name, listener as EventListener);
    };
  }

  #enter(step: 1 | -1): void {
    this.#depth = Math.max(0, this.#depth + step);
    this.over = this.#depth > 0 && this.target !== null;
  }
}

export const drop = new Drop();
