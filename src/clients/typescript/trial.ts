// A trial of the generated TypeScript client: issues an entry pass, verifies it, and lets it in once.
//
// The environment says where and as whom: VERIFYING_URL, ISSUING_URL, PROVIDER_HTU, and the tokens VERIFIER_TOKEN,
// FACILITY_TOKEN, REGISTRAR_TOKEN and PROVIDER_TOKEN. An answer that is another than expected ends it with exit code 1.
import {
  CheckInApi,
  type CheckInResult,
  Configuration,
  type HealthRecord,
  IssuingApi,
  Outcome,
  type Pass,
  Reason,
  RecordKind,
  RecordsApi,
  ResponseError,
  ScopeItem,
  Verdict,
  VerificationApi,
} from "passgate-client";
import { Phone } from "./phone";
import { webCrypto } from "./webcrypto";

declare const process: { env: Record<string, string | undefined>; exitCode: number };

async function run(): Promise<void> {
  const holder = freshHolder();
  await record(holder);
  const pass = await issue(holder);
  await verify(pass.payload);
  await letIn(pass.payload);
}

async function record(holder: string): Promise<void> {
  const records = new RecordsApi(client(environment("ISSUING_URL"), environment("REGISTRAR_TOKEN")));
  const answer = await records.addRecords({
    newRecords: {
      records: [
        dose(holder, 1, 60),
        dose(holder, 2, 20),
        { id: webCrypto.randomUUID(), kind: RecordKind.BirthYear, holder, year: 1985 },
      ],
    },
  });
  const outcomes = answer.records.map((one) => one.outcome);
  console.log("recorded: " + outcomes.join(", "));
  expect(outcomes.length === 3 && outcomes.every((one) => one === Outcome.Created), "three new records");
}

function dose(holder: string, number: number, daysAgo: number): HealthRecord {
  return {
    id: webCrypto.randomUUID(),
    kind: RecordKind.Immunization,
    holder,
    product: "EU/1/20/1528",
    dose: number,
    of: 2,
    date: new Date(Date.now() - daysAgo * 86_400_000),
  };
}

async function issue(holder: string): Promise<Pass> {
  const issuing = new IssuingApi(client(environment("ISSUING_URL"), environment("PROVIDER_TOKEN")));
  const { consent } = await issuing.giveConsent({ newConsent: { holder, scope: [ScopeItem.Vaccination] } });
  const phone = await Phone.fresh();
  const htu = environment("PROVIDER_HTU");
  const { device } = await issuing.registerDevice({
    newDevice: { consent },
    deviceProof: await phone.proof(htu, consent),
  });
  console.log("registered: " + device);
  const pass = await issuing.makePass({ newPass: { consent }, deviceProof: await phone.proof(htu, consent) });
  console.log("issued: shows " + pass.shows.join(", ") + " until " + pass.expiresAt.toISOString());
  expect(pass.shows.join() === ScopeItem.Vaccination, "a pass that shows the vaccination");
  return pass;
}

async function verify(payload: string): Promise<void> {
  const verification = new VerificationApi(client(environment("VERIFYING_URL"), environment("VERIFIER_TOKEN")));
  const { results } = await verification.verify({
    acceptLanguage: "en",
    verificationRequest: { payloads: [payload, "hello"], policy: "kr" },
  });
  results.forEach((result) => console.log("verified: " + result.verdict + " " + (result.reason ?? "")));
  expect(
    results.length === 2 &&
      results[0]?.verdict === Verdict.Accepted &&
      results[1]?.verdict === Verdict.Refused &&
      results[1]?.reason === Reason.NotACredential,
    "the pass is accepted, and a word is not",
  );
}

async function letIn(payload: string): Promise<void> {
  const checkIns = new CheckInApi(client(environment("VERIFYING_URL"), environment("FACILITY_TOKEN")));
  const first = await checkIn(checkIns, payload);
  expect(first?.verdict === Verdict.Accepted, "the pass is let in");
  const again = await checkIn(checkIns, payload);
  expect(again?.reason === Reason.AlreadyUsed, "the same pass is not let in again");
}

async function checkIn(checkIns: CheckInApi, payload: string): Promise<CheckInResult | undefined> {
  const { results } = await checkIns.checkIn({
    idempotencyKey: webCrypto.randomUUID(),
    acceptLanguage: "en",
    verificationRequest: { payloads: [payload], policy: "kr" },
  });
  console.log("checked in: " + results[0]?.verdict + ", " + results[0]?.text);
  return results[0];
}

/** The configuration of a client of one port that shows one token. */
function client(basePath: string, accessToken: string): Configuration {
  return new Configuration({ basePath, accessToken });
}

function expect(is: boolean, what: string): void {
  if (!is) {
    throw new Error("expected: " + what);
  }
}

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(name + " is not in the environment");
  }
  return value;
}

function freshHolder(): string {
  return btoa(String.fromCharCode(...webCrypto.getRandomValues(new Uint8Array(64))));
}

run().catch(async (failed: unknown) => {
  const why =
    failed instanceof ResponseError
      ? "answer " + failed.response.status + ": " + (await failed.response.text())
      : failed instanceof Error
        ? failed.message
        : String(failed);
  console.error(why);
  process.exitCode = 1;
});
