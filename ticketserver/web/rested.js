// Does something at most once in `restMs` however often it is asked for, and once more after the last time.

export function rested(restMs, act) {
  let resting = false;
  let again = false;
  return function ask() {
    if (resting) {
      again = true;
      return;
    }
    resting = true;
    again = false;
    setTimeout(() => {
      resting = false;
      if (again) ask();
    }, restMs);
    act();
  };
}
