/** What libraries use of Node's `performance`: milliseconds since some moment. */
export const performance = {
  now() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
};
