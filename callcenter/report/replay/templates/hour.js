"use strict";
(() => {
  const hour = JSON.parse(document.getElementById("data").textContent);
  const { texts, tiers, pools, outcomes } = hour;
  const NAMES = ["tier", "arrived", "joined", "answered", "left", "released", "outcome", "pool", "seat", "clear", "good"];
  const calls = hour.calls.map((row) => Object.fromEntries(NAMES.map((name, place) => [name, row[place]])));
  const attempts = hour.attempts.map(([tier, start, end, pool, seat]) => ({ tier, start, end, pool, seat, isAttempt: true }));
  const breaks = hour.breaks.map(([start, end, pool, seat]) => ({ start, end, pool, seat }));
  calls.forEach((call, place) => { call.order = place; });
  const ANSWERED = outcomes.indexOf("answered"), SOLVED = outcomes.indexOf("self_served");
  const LEAVING = 0.7;  // seconds on screen that a mark takes to fade
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  const byId = (id) => document.getElementById(id);
  const floor = byId("floor"), pen = floor.getContext("2d");
  let now = 0, isPlaying = !stillness.matches, speed = hour.speeds[hour.speed], previous = null, box = null;

  // What is known of the hour at a moment ---------------------------------------------------------------
  const has = (time, moment) => time !== null && time <= moment;
  const level = (steps, moment) => {
    let low = 0, high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[middle][0] <= moment) low = middle + 1; else high = middle;
    }
    return low ? steps[low - 1][1] : 0;
  };
  const gone = (call) => call.left ?? Infinity;

  function phase(call, moment) {
    if (call.arrived > moment) return "coming";
    if (has(call.answered, moment)) {
      if (!has(call.released, moment)) return has(call.left, moment) ? "wrap" : "talk";
      return "out";
    }
    if (gone(call) <= moment) return "out";
    return has(call.joined, moment) ? "line" : "ivr";
  }

  function rank(call, moment) {
    const tier = tiers[call.tier], waited = moment - call.joined;
    let priority = tier.priority;
    for (const [after, next] of tier.escalate) if (waited >= after) priority = next;
    return [priority, call.joined - tier.head_start, call.order];
  }

  function state(moment) {
    const found = { ivr: [], line: [], seats: [], away: [], out: [] };
    for (const call of calls) {
      const where = phase(call, moment);
      if (where === "talk" || where === "wrap") found.seats.push(call);
      else if (where === "out") found.out.push(call);
      else if (where !== "coming") found[where].push(call);
    }
    for (const attempt of attempts) {
      if (attempt.start <= moment && !has(attempt.end, moment)) found.seats.push(attempt);
    }
    found.away = breaks.filter((one) => one.start <= moment && one.end > moment);
    const ranks = new Map(found.line.map((call) => [call, rank(call, moment)]));
    found.line.sort((one, other) => {
      const a = ranks.get(one), b = ranks.get(other);
      return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
    });
    return found;
  }

  function counts(moment) {
    const found = tiers.map(() => ({ line: 0, asked: 0, answered: 0, lost: 0, good: 0, bad: 0 }));
    for (const call of calls) {
      if (!has(call.joined, moment)) continue;
      const mine = found[call.tier], isAnswered = has(call.answered, moment);
      if (!isAnswered && gone(call) > moment) mine.line += 1;
      if (call.joined < 0) continue;
      mine.asked += 1;
      if (isAnswered) mine.answered += 1;
      else if (gone(call) <= moment) mine.lost += 1;
      if (has(call.clear, moment)) mine[call.good ? "good" : "bad"] += 1;
    }
    return found;
  }

  // Where things stand on the floor ---------------------------------------------------------------------
  function most(pool) {
    const used = [...calls, ...attempts, ...breaks].filter((one) => one.pool === pool && one.seat >= 0);
    return Math.max(1, ...pools[pool].staffed.map(([, number]) => number), ...used.map((one) => one.seat + 1));
  }
  const sizes = pools.map((_pool, place) => most(place));

  function layout() {
    const width = floor.clientWidth, height = Math.max(380, 42 * pools.length + 40), top = 34;
    floor.style.height = `${height}px`;
    const dots = devicePixelRatio || 1;
    floor.width = Math.round(width * dots);
    floor.height = Math.round(height * dots);
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    const gap = 14, left = [0.015, 0.15, 0.42, 0.86].map((share) => share * width);
    const area = (place, end) => ({ x: left[place], y: top, w: end - gap - left[place], h: height - top - 10 });
    const found = { width, height, top, ivr: area(0, left[1]), line: area(1, left[2]), out: area(3, width) };
    found.ivr.h = hour.backlog.some(([, number]) => number) ? found.ivr.h * 0.68 : found.ivr.h;
    found.owed = { x: found.ivr.x, y: found.ivr.y + found.ivr.h + 12, w: found.ivr.w, h: height * 0.22 };
    const agents = area(2, left[3]);
    const needed = (cell) => sizes.reduce(
      (sum, size) => sum + 22 + cell * Math.ceil(size / Math.max(1, Math.floor(agents.w / cell))), 0);
    let cell = 22;
    while (cell > 4 && needed(cell) > agents.h) cell -= 1;
    let y = agents.y;
    found.pools = sizes.map((size) => {
      const columns = Math.max(1, Math.floor(agents.w / cell)), own = { x: agents.x, y: y + 18, cell, columns };
      y += 22 + cell * Math.ceil(size / columns);
      return own;
    });
    return found;
  }

  function gridOf(area, number) {
    let cell = 15;
    const room = (size) => Math.max(1, Math.floor(area.w / size)) * Math.max(1, Math.floor(area.h / size));
    while (cell > 3 && room(cell) < number) cell -= 0.5;
    return { cell, columns: Math.max(1, Math.floor(area.w / cell)) };
  }

  function targets(found) {
    const aims = new Map();
    const place = (list, area, fromRight) => {
      const { cell, columns } = gridOf(area, list.length);
      list.forEach((call, number) => {
        const column = number % columns, row = Math.floor(number / columns);
        const x = fromRight ? area.x + area.w - (column + 0.5) * cell : area.x + (column + 0.5) * cell;
        aims.set(call, { x, y: area.y + (row + 0.5) * cell, size: Math.min(5.5, cell * 0.4) });
      });
    };
    place(found.ivr, box.ivr, false);
    place(found.line, box.line, true);
    for (const one of found.seats) {
      const { x, y, cell, columns } = box.pools[one.pool];
      const column = one.seat % columns, row = Math.floor(one.seat / columns);
      aims.set(one, { x: x + (column + 0.5) * cell, y: y + (row + 0.5) * cell, size: Math.min(6.5, cell * 0.36) });
    }
    return aims;
  }

  function exit(call) {
    const isGood = call.isAttempt || call.outcome === ANSWERED || call.outcome === SOLVED;
    const scatter = ((call.order ?? call.seat) * 0.618034) % 1;
    return { x: box.out.x + box.out.w * (0.15 + 0.7 * scatter), y: box.out.y + box.out.h * (isGood ? 0.2 : 0.7) };
  }

  // Drawing -----------------------------------------------------------------------------------------------
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let paint = {};
  function repaint() {
    const names = ["ink", "muted", "grid", "card", "good", "bad", ...[1, 2, 3, 4, 5, 6].map((n) => `series-${n}`)];
    paint = Object.fromEntries(names.map((name) => [name, colour(`--${name}`)]));
  }
  const look = (tier) => paint[`series-${(tier % 6) + 1}`];

  function shape(to, tier, x, y, size) {
    const corners = {
      1: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
      2: [[0, -1.25], [1.2, 0.95], [-1.2, 0.95]],
      3: [[0, -1.35], [1.35, 0], [0, 1.35], [-1.35, 0]],
      4: [[0, 1.25], [1.2, -0.95], [-1.2, -0.95]],
      5: [[-0.4, -1.2], [0.4, -1.2], [0.4, -0.4], [1.2, -0.4], [1.2, 0.4], [0.4, 0.4],
        [0.4, 1.2], [-0.4, 1.2], [-0.4, 0.4], [-1.2, 0.4], [-1.2, -0.4], [-0.4, -0.4]],
    }[tier % 6];
    to.beginPath();
    if (corners) corners.forEach(([dx, dy], place) => to[place ? "lineTo" : "moveTo"](x + dx * size * 0.9, y + dy * size * 0.9));
    else to.arc(x, y, size, 0, 2 * Math.PI);
    to.closePath();
  }

  function mark(one, at, isHollow) {
    shape(pen, one.tier, at.x, at.y, at.size);
    pen.strokeStyle = pen.fillStyle = look(one.tier);
    pen.lineWidth = 1.4;
    if (isHollow) pen.stroke(); else pen.fill();
    if (!one.isAttempt) return;
    pen.beginPath();
    pen.arc(at.x, at.y, at.size + 2.4, 0, 2 * Math.PI);
    pen.strokeStyle = paint.ink;
    pen.lineWidth = 1;
    pen.stroke();
  }

  function write(text, x, y, style = "600 13px", fill = paint.ink, width = undefined) {
    pen.font = `${style} system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif`;
    pen.fillStyle = fill;
    pen.textBaseline = "middle";
    pen.fillText(text, x, y, width);
  }

  function furniture(found) {
    pen.clearRect(0, 0, box.width, box.height);
    write(`${texts.ivr}: ${found.ivr.length}`, box.ivr.x, 16, undefined, undefined, box.ivr.w);
    write(`${texts.line}: ${found.line.length}`, box.line.x, 16, undefined, undefined, box.line.w);
    pen.strokeStyle = paint.grid;
    pen.lineWidth = 1;
    for (const area of [box.ivr, box.line]) pen.strokeRect(area.x - 4, area.y - 4, area.w + 8, area.h + 8);
    const owed = level(hour.backlog, now);
    if (hour.backlog.some(([, number]) => number)) {
      write(texts.callbacks, box.owed.x, box.owed.y + 16, undefined, undefined, box.owed.w);
      write(String(owed), box.owed.x, box.owed.y + 40, "600 22px");
    }
    pools.forEach((pool, place) => seats(pool, place, found));
    exits();
  }

  function seats(pool, place, found) {
    const isHere = (one) => one.pool === place, mine = found.seats.filter(isHere), gone = found.away.filter(isHere);
    const { x, y, cell, columns } = box.pools[place];
    const there = level(pool.staffed, now), busy = level(pool.busy, now), away = level(pool.away, now);
    const busyText = texts.busy.replace("{busy}", busy).replace("{staffed}", there);
    const awayText = pool.away.some(([, number]) => number) ? ` · ${texts.away.replace("{away}", away)}` : "";
    write(`${pool.name}: ${busyText}${awayText}`, x, y - 8, "600 12px", paint.ink, columns * cell);
    const inset = Math.max(1, cell * 0.06), extent = cell - 2 * inset;
    const taken = [...mine, ...gone].map((one) => one.seat).sort((one, other) => other - one);
    const over = Math.max(0, busy + away - there);
    const frame = (seat, isOver) => {
      pen.setLineDash(isOver ? [2, 2] : []);
      pen.strokeStyle = isOver ? paint.bad : paint.grid;
      pen.strokeRect(x + (seat % columns) * cell + inset, y + Math.floor(seat / columns) * cell + inset, extent, extent);
    };
    taken.forEach((seat, rank) => frame(seat, rank < over));
    const used = new Set(taken);
    for (let seat = 0, idle = there - busy - away; idle > 0; seat += 1) {
      if (used.has(seat)) continue;
      frame(seat, false);
      idle -= 1;
    }
    pen.setLineDash([]);
    pen.fillStyle = paint.muted;
    for (const { seat } of gone) {
      const left = x + (seat % columns) * cell, middle = y + (Math.floor(seat / columns) + 0.5) * cell;
      pen.fillRect(left + 0.2 * cell, middle - 0.08 * cell, 0.6 * cell, Math.max(2, 0.16 * cell));
    }
  }

  function exits() {
    const past = calls.filter((call) => phase(call, now) === "out" && Math.max(gone(call), call.released ?? -1) >= 0);
    const served = past.filter((call) => call.outcome === ANSWERED || call.outcome === SOLVED);
    const { x, y, w, h } = box.out;
    write(`${texts.answered}: ${served.length}`, x, 16, undefined, paint.good, w);
    write(`${texts.lost}: ${past.length - served.length}`, x, y + 0.5 * h, undefined, paint.bad, w);
    let row = 0;
    outcomes.forEach((_name, code) => {
      const number = past.filter((call) => call.outcome === code).length;
      if (!number || code === ANSWERED) return;
      const isGood = code === SOLVED, line = isGood ? y + 0.38 * h : y + 0.8 * h + 17 * row;
      row += isGood ? 0 : 1;
      write(`${texts.outcomes[code]}: ${number}`, x, line, "12px", paint.muted, w);
    });
  }

  const places = new Map(), leaving = new Map();
  function draw(passed, isJump) {
    const found = state(now), aims = targets(found), ease = isJump || stillness.matches ? 1 : 1 - Math.exp(-passed / 0.13);
    furniture(found);
    for (const one of places.keys()) {
      if (aims.has(one)) continue;
      if (!isJump && !stillness.matches) leaving.set(one, { ...places.get(one), age: 0 });
      places.delete(one);
    }
    if (isJump) leaving.clear();
    for (const [one, aim] of aims) {
      const start = one.isAttempt ? { x: box.owed.x + 10, y: box.owed.y + 30 } : { x: box.ivr.x - 8, y: aim.y };
      const at = places.get(one) ?? (isJump ? { ...aim } : { ...start, size: aim.size });
      at.x += (aim.x - at.x) * ease;
      at.y += (aim.y - at.y) * ease;
      at.size = aim.size;
      places.set(one, at);
      mark(one, at, !one.isAttempt && phase(one, now) === "wrap");
    }
    for (const [one, at] of leaving) {
      const aim = exit(one);
      at.age += passed;
      if (at.age > LEAVING) { leaving.delete(one); continue; }
      at.x += (aim.x - at.x) * ease * 0.6;
      at.y += (aim.y - at.y) * ease * 0.6;
      pen.globalAlpha = 1 - at.age / LEAVING;
      mark(one, at, false);
      pen.globalAlpha = 1;
    }
  }

  // The table and the controls ------------------------------------------------------------------------------
  const rows = [...document.querySelectorAll("[data-tier]")];
  function table() {
    counts(now).forEach((mine, tier) => {
      const cells = Object.fromEntries([...rows[tier].querySelectorAll("[data-key]")].map((cell) => [cell.dataset.key, cell]));
      for (const key of Object.keys(mine)) cells[key].textContent = mine[key];
      const known = mine.good + mine.bad, { target } = tiers[tier];
      const isMet = known > 0 && target !== null && mine.good >= target * known - 1e-9;
      const sign = !known || target === null ? "" : isMet ? "✓ " : "✗ ";
      cells.rate.textContent = known ? `${sign}${(100 * mine.good / known).toFixed(1)}%` : "–";
      cells.rate.className = `rate ${sign ? (isMet ? "met" : "missed") : ""}`;
    });
  }

  function clock(moment) {
    const whole = Math.floor(hour.start + moment), pad = (number) => String(number).padStart(2, "0");
    return `${pad(Math.floor(whole / 3600))}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
  }

  function show(passed, isJump) {
    draw(passed, isJump);
    table();
    byId("clock").textContent = clock(now);
    byId("seek").value = now;
    byId("seek").setAttribute("aria-valuetext", clock(now));
  }

  function seek(moment) {
    now = Math.min(hour.length, Math.max(0, moment));
    show(0, true);
  }

  function play(willPlay) {
    if (willPlay && now >= hour.length) now = 0;
    isPlaying = willPlay;
    byId("play").textContent = isPlaying ? texts.pause : texts.play;
    previous = null;
    if (isPlaying) requestAnimationFrame(tick);
  }

  function tick(stamp) {
    if (!isPlaying) return;
    const passed = previous === null ? 0 : Math.min(0.1, (stamp - previous) / 1000);
    previous = stamp;
    now = Math.min(hour.length, now + passed * speed);
    show(passed, false);
    if (now >= hour.length) play(false); else requestAnimationFrame(tick);
  }

  function setSpeed(place) {
    speed = hour.speeds[place];
    byId("times").textContent = texts.times.replace("{speed}", speed);
    byId("speed").setAttribute("aria-valuetext", byId("times").textContent);
  }

  function marks() {
    rows.forEach((row, tier) => {
      const small = row.querySelector("canvas").getContext("2d");
      small.clearRect(0, 0, 32, 32);
      shape(small, tier, 16, 16, 10);
      small.fillStyle = look(tier);
      small.fill();
    });
  }

  function renew() {
    repaint();
    box = layout();
    marks();
    show(0, true);
  }

  byId("play").addEventListener("click", () => play(!isPlaying));
  byId("seek").addEventListener("input", (event) => seek(Number(event.target.value)));
  byId("speed").addEventListener("input", (event) => setSpeed(Number(event.target.value)));
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, button") || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowLeft: now - 10, ArrowRight: now + 10, Home: 0, End: hour.length };
    if (event.key === " ") play(!isPlaying);
    else if (event.key in moves) seek(moves[event.key]);
    else return;
    event.preventDefault();
  });
  addEventListener("resize", renew);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", renew);
  stillness.addEventListener("change", () => { if (stillness.matches) play(false); });
  setSpeed(hour.speed);
  renew();
  play(isPlaying);
  window.replay = { state, counts, seek, play };
})();
