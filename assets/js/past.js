// Past keeps steps that were made, so that they can be taken back and made again.
export class Past {
  done = [];
  undone = [];

  add(step) {
    this.done.push(step);
    this.undone = [];
  }

  undo() {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return step;
  }

  redo() {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return step;
  }
}
