import type { Login } from "../login";

const en: Login = {
  title: "Sign in",
  staff: "Staff",
  device: "Pair this device",
  how: "How to sign in",
  login: "Login",
  password: "Password",
  signIn: "Sign in",
  staffUnder: "Organisers and door staff sign in with their account.",
  code: "Six-digit code",
  pair: "Pair",
  deviceUnder:
    "Tablets and screens are paired once. The code is made on the console, under Devices.",
  signedInAs: (name) => `Signed in as ${name}`,
  other: "Use another account",
};

export default en;
