const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)\.?$/i

/** Whether a host name stands for this machine, whatever a resolver says: `localhost`, `127.0.0.1`, `[::1]`. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname)
