// Bytes over a socket, for requests that no well-behaved client sends.
import { connect } from "node:net";

// Sends and returns all that comes until the server closes.
export function exchange(url, bytes) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(20000, () => socket.destroy(new Error("no end of the answer")));
    socket.on("data", (data) => (received += data));
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}

export const statuses = (received) => [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((one) => Number(one[1]));
