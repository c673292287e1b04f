// An answer of the mock that is an error.
export class Refusal extends Error {
  constructor(status, code, field = null, more = {}) {
    super(code);
    Object.assign(this, { status, code, field, more });
  }
}
