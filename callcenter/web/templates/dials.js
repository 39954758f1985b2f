const PAUSE = 60; // ms between two messages while a slider is drawn along
const open = new Set();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".dials");
  const shape = JSON.stringify([data.turn, data.groups]);
  if (root.shape === shape) return;
  root.shape = shape;
  root.replaceChildren();
  const stands = { ...data.start };
  let last = 0, waiting = null;
  const send = () => {
    clearTimeout(waiting);
    const rest = PAUSE - (performance.now() - last);
    if (rest > 0) { waiting = setTimeout(send, rest); return; }
    last = performance.now();
    setStateValue("stands", { ...stands });
  };
  const stand = (dial, value) => {
    if (value === dial.rest) delete stands[dial.name]; else stands[dial.name] = value;
    send();
  };
  for (const group of data.groups) root.append(section(group, stands, stand));
}

function section(group, stands, stand) {
  const box = make(group.title ? "details" : "div", "group");
  if (group.title) {
    box.open = open.has(group.title) || group.dials.some((dial) => dial.name in stands);
    box.addEventListener("toggle", () => (box.open ? open.add(group.title) : open.delete(group.title)));
    box.append(make("summary", "", group.title));
  }
  if (group.note) box.append(make("p", "note", group.note));
  for (const dial of group.dials) box.append(dial.is_box ? tick(dial, stands, stand) : slide(dial, stands, stand));
  return box;
}

function tick(dial, stands, stand) {
  const label = make("label", "box"), box = make("input");
  box.type = "checkbox";
  box.checked = dial.name in stands ? stands[dial.name] : dial.rest;
  box.addEventListener("change", () => stand(dial, box.checked));
  label.append(box, make("span", "", dial.label));
  return label;
}

function slide(dial, stands, stand) {
  const row = make("div", "dial"), range = make("input"), number = make("input");
  const value = dial.name in stands ? stands[dial.name] : dial.rest;
  const head = make("div", "head");
  range.type = "range"; number.type = "number";
  for (const [input, low, high] of [[range, dial.low, dial.high], [number, dial.least, dial.most]]) {
    input.min = low; input.max = high; input.step = dial.step;
    input.setAttribute("aria-label", dial.label);
    if (dial.hint) input.title = dial.hint;
  }
  number.step = "any";
  range.value = number.value = value;
  row.classList.toggle("moved", value !== dial.rest);
  const take = (next) => { row.classList.toggle("moved", next !== dial.rest); stand(dial, next); };
  range.addEventListener("input", () => { number.value = range.value; take(Number(range.value)); });
  number.addEventListener("keydown", (event) => {
    const step = { ArrowUp: dial.step, ArrowDown: -dial.step }[event.key];
    if (!step) return;
    event.preventDefault();
    number.value = Number(number.value) + step;
    number.dispatchEvent(new Event("change"));
  });
  number.addEventListener("change", () => {
    const next = number.value === "" ? dial.rest : Math.min(dial.most, Math.max(dial.least, Number(number.value)));
    range.value = number.value = next;
    take(next);
  });
  head.append(make("span", "label", dial.label));
  if (dial.unit === "+") head.append(make("span", "unit", "±"));
  head.append(number);
  if (dial.unit === "%") head.append(make("span", "unit", "%"));
  row.append(head, range);
  return row;
}

function make(tag, kind = "", text = "") {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}
