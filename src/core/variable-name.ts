/** The variable of a script that holds a named value: SUBNET_PREFIX for subnet.prefix. */
export function variableName(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** The name of a field that a person answered for one row of a group: cluster.1.size. */
export function rowValueName(noun: string, index: number, field: string): string {
  return `${noun.replace(/\W+/g, '_')}.${index + 1}.${field}`;
}

/** The name of the query that several look-ups of one kind share; `index` counts the queries of the whole script. */
export function queryName(kind: string, index: number): string {
  return `${kind} query${index === 0 ? '' : ` ${index + 1}`}`;
}
