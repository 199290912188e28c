/** A sound and a shake for every verdict, so that nobody at the door has to look twice.
 *
 *  Tones are made, not played from files. Browsers give sound only after a first touch; until then
 *  there is silence, never an error. */

export type Feeling = "good" | "look" | "bad" | "call";

type Tone = readonly [hertz: number, fromMs: number, lengthMs: number];

const TONES: Record<Feeling, readonly Tone[]> = {
  good: [
    [880, 0, 90],
    [1318, 90, 140],
  ],
  look: [
    [660, 0, 140],
    [660, 200, 140],
  ],
  bad: [
    [220, 0, 220],
    [196, 240, 320],
  ],
  call: [
    [784, 0, 180],
    [988, 200, 180],
    [1175, 400, 320],
  ],
};

const SHAKES: Record<Feeling, number[]> = {
  good: [60],
  look: [80, 80, 80],
  bad: [300],
  call: [200, 100, 200, 100, 400],
};

let audio: AudioContext | null = null;

export function feel(feeling: Feeling): void {
  navigator.vibrate?.(SHAKES[feeling]);
  try {
    audio ??= new AudioContext();
    void audio.resume();
    for (const tone of TONES[feeling]) play(audio, tone);
  } catch {
    // A device without sound.
  }
}

function play(context: AudioContext, [hertz, fromMs, lengthMs]: Tone): void {
  const starts = context.currentTime + fromMs / 1000;
  const ends = starts + lengthMs / 1000;
  const tone = context.createOscillator();
  const loudness = context.createGain();
  tone.frequency.value = hertz;
  tone.type = hertz < 300 ? "square" : "sine";
  loudness.gain.setValueAtTime(0.0001, starts);
  loudness.gain.exponentialRampToValueAtTime(hertz < 300 ? 0.12 : 0.3, starts + 0.015);
  loudness.gain.exponentialRampToValueAtTime(0.0001, ends);
  tone.connect(loudness).connect(context.destination);
  tone.start(starts);
  tone.stop(ends);
}
