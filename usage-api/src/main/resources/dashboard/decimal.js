// Exact decimals: an unscaled BigInt and a scale. Floats are for pixels only: see `toNumber`.

const FORM = /^(-?)(\d+)(?:\.(\d+))?$/;

/** A value such as "12.340": 12340n with the scale 3. Immutable. */
export class Decimal {
  constructor(unscaled, scale) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** Of a string as the API writes it; a number is refused, since it may have been rounded already. */
  static of(text) {
    const parts = typeof text === "string" ? FORM.exec(text) : null;
    if (!parts) {
      throw new TypeError(`"${text}" is no decimal`);
    }
    const fraction = parts[3] ?? "";
    const unscaled = BigInt(parts[2] + fraction);
    return new Decimal(parts[1] ? -unscaled : unscaled, fraction.length);
  }

  plus(other) {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.at(scale) + other.at(scale), scale);
  }

  minus(other) {
    return this.plus(new Decimal(-other.unscaled, other.scale));
  }

  times(whole) {
    return new Decimal(this.unscaled * BigInt(whole), this.scale);
  }

  /** Negative, 0 or positive, as this is below, at or above the other. */
  compare(other) {
    const difference = this.minus(other).unscaled;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  get isZero() {
    return this.unscaled === 0n;
  }

  get isNegative() {
    return this.unscaled < 0n;
  }

  /** The unscaled value at a scale that is not smaller. */
  at(scale) {
    return this.unscaled * 10n ** BigInt(scale - this.scale);
  }

  /** This divided by the other, cut to so many places; 0 where the other is 0. */
  over(other, places) {
    if (other.isZero) {
      return Decimal.ZERO;
    }
    const scale = Math.max(this.scale, other.scale);
    return new Decimal((this.at(scale) * 10n ** BigInt(places)) / other.at(scale), places);
  }

  /** This as a share of the other, 0 to 1 and beyond: for the length of a bar. */
  shareOf(other) {
    return this.over(other, 6).toNumber();
  }

  /** Without zeros at the end: the same text for the same value. */
  toString() {
    const digits = (this.unscaled < 0n ? -this.unscaled : this.unscaled).toString().padStart(this.scale + 1, "0");
    const whole = digits.slice(0, digits.length - this.scale);
    const fraction = digits.slice(digits.length - this.scale).replace(/0+$/, "");
    return (this.unscaled < 0n ? "-" : "") + whole + (fraction && "." + fraction);
  }

  /** For pixels: never added up, never shown. */
  toNumber() {
    return Number(this.toString());
  }
}

Decimal.ZERO = new Decimal(0n, 0);

export const sum = (values) => values.reduce((total, value) => total.plus(value), Decimal.ZERO);
