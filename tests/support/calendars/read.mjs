// Reads calendar files given as JSON on stdin ({name: base64}) with ical.js, in strict mode; says what it saw as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const ICAL = (await import(pathToFileURL(process.argv[2]).href)).default;
ICAL.design.strict = true;

function zonesOf(calendar) {
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
}

function eventOf(component, problems) {
  const event = new ICAL.Event(component, { strictExceptions: true });
  for (const name of ["uid", "dtstamp", "dtstart"]) {
    if (component.getAllProperties(name).length !== 1) problems.push(`${name} is not there once`);
  }
  if (!event.startDate || !event.endDate || event.endDate.compare(event.startDate) <= 0) {
    problems.push("it does not end after it starts");
  }
  const zone = component.getFirstProperty("dtstart")?.getParameter("tzid");
  if (zone && event.startDate.zone === ICAL.Timezone.localTimezone) problems.push(`zone ${zone} is not given`);
  return {
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    status: component.getFirstPropertyValue("status"),
    start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
    end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
    attendees: event.attendees.map((one) => one.getFirstValue()),
  };
}

function seen(raw) {
  const problems = [];
  try {
    const calendar = new ICAL.Component(ICAL.parse(raw));
    zonesOf(calendar);
    const events = calendar.getAllSubcomponents("vevent").map((one) => eventOf(one, problems));
    return { problems, method: calendar.getFirstPropertyValue("method"), events };
  } catch (error) {
    return { problems: [String(error)], method: null, events: [] };
  } finally {
    ICAL.TimezoneService.reset();
  }
}

const files = JSON.parse(readFileSync(0, "utf-8"));
const answers = Object.entries(files).map(([name, raw]) => [name, seen(Buffer.from(raw, "base64").toString("utf-8"))]);
process.stdout.write(JSON.stringify(Object.fromEntries(answers)));
