/* Made of schema/vault.json by tools/make-types.mjs. */

/**
 * What changes the vault.
 */
export type ExecuteMsg =
  | {
      deposit: {
        /**
         * If given, must equal the funds, tokens.
         */
        amount?: Uint128 | null;
        /**
         * `false`: only mints, and leaves delegating to `tick`. For a deposit that fails because the chain panics about the validator that is next, and for one that is to cost less gas. Default: true.
         */
        delegate?: boolean | null;
        /**
         * Fewer shares are refused.
         */
        min_shares_out?: Uint128 | null;
        /**
         * Receives the shares. Default: the sender.
         */
        recipient?: string | null;
      };
    }
  | {
      request_withdrawal: {
        /**
         * Compared with the book's preview now; promises nothing later.
         */
        min_tokens_out?: Uint128 | null;
        /**
         * May cancel, and is paid: owns the request. Default: the sender.
         */
        recipient?: string | null;
        /**
         * Shares to redeem. Of shares that are coins: absent, or as many as sent.
         */
        shares?: Uint128 | null;
      };
    }
  | {
      cancel_withdrawal: {
        /**
         * The open batch.
         */
        batch_id: number;
      };
    }
  | {
      claim: {
        /**
         * Its number.
         */
        batch_id: number;
        /**
         * Who is paid. Default: the sender.
         */
        recipient?: string | null;
      };
    }
  | {
      tick: {
        /**
         * This job, if due.
         */
        job?: Job | null;
        /**
         * Pass these validators, at most 10. Accepted only with a job that has been due for a day and that touches delegations: not with `settle`, `sync` and `refresh`.
         */
        skip?: string[] | null;
      };
    }
  | {
      claim_fee: {
        /**
         * Who is paid. Default: the sender.
         */
        recipient?: string | null;
      };
    }
  | {
      list_validators: {
        /**
         * From then on the message is refused, seconds: a proposal that failed can be carried out later.
         */
        valid_until?: number | null;
        /**
         * 1 to 100 per call.
         */
        validators: ListingInput[];
      };
    }
  | {
      drain_validators: {
        /**
         * From then on the message is refused, seconds: a proposal that failed can be carried out later.
         */
        valid_until?: number | null;
        /**
         * Validators that are listed or wait for it, 1 to 100 per call.
         */
        validators: string[];
      };
    }
  | {
      accept_snapshot: {
        /**
         * Operator addresses of exactly those that fail in it.
         */
        failed: string[];
        /**
         * From then on the message is refused, seconds: a proposal that failed can be carried out later.
         */
        valid_until?: number | null;
      };
    }
  | {
      set_own_maximum: {
        /**
         * Tokens; 0 means *leave me*. Absent: no maximum of its own.
         */
        tokens?: Uint128 | null;
        /**
         * Operator address.
         */
        validator: string;
      };
    }
  | {
      post_powers: {
        /**
         * How many pages the table has, at most 20.
         */
        of: number;
        /**
         * From 1 on.
         */
        page: number;
        /**
         * 1 to 100.
         */
        powers: PostedPower[];
      };
    }
  | {
      propose_settings: {
        /**
         * 1 to 20 settings, each once.
         */
        settings: SettingInput[];
        /**
         * From then on the message is refused, seconds.
         */
        valid_until?: number | null;
      };
    }
  | {
      schedule_upgrade: {
        /**
         * SHA-256 of that code as the chain keeps it, 64 hex digits in lower case.
         */
        checksum: string;
        /**
         * Its code from then on.
         */
        code_id: number;
        /**
         * Which contract.
         */
        contract: OwnContract;
        /**
         * JSON that the new code is called with, at most 4,096 bytes. Default: `{}`.
         */
        msg?: Binary | null;
        /**
         * From then on the message is refused, seconds.
         */
        valid_until?: number | null;
      };
    }
  | {
      apply_change: {
        /**
         * Its number.
         */
        id: number;
      };
    }
  | {
      cancel_change: {
        /**
         * Its number.
         */
        id: number;
        /**
         * From then on the message is refused, seconds.
         */
        valid_until?: number | null;
      };
    }
  | {
      put_brake_on: {
        /**
         * Until then, seconds. Default: 14 days from now.
         */
        until?: number | null;
      };
    }
  | {
      take_brake_off: {
        /**
         * From then on the message is refused, seconds.
         */
        valid_until?: number | null;
      };
    }
  | {
      arm_brake: {
        /**
         * From then on the message is refused, seconds.
         */
        valid_until?: number | null;
      };
    }
  | {
      transfer_ownership: {
        /**
         * From then on it may not, seconds. Default: 14 days from now.
         */
        expires_at?: number | null;
        /**
         * May accept.
         */
        new_owner: string;
        /**
         * From then on the message is refused, seconds: a proposal that failed can be carried out later.
         */
        valid_until?: number | null;
      };
    }
  | {
      accept_ownership: {};
    }
  | {
      cancel_ownership_transfer: {
        /**
         * From then on the message is refused, seconds: a proposal that failed can be carried out later.
         */
        valid_until?: number | null;
      };
    }
  | {
      transfer: {
        /**
         * Shares.
         */
        amount: Uint128;
        /**
         * New owner of the shares.
         */
        recipient: string;
      };
    }
  | {
      send: {
        /**
         * Shares.
         */
        amount: Uint128;
        /**
         * New owner of the shares, called afterwards.
         */
        contract: string;
        /**
         * Passed on.
         */
        msg: Binary;
      };
    }
  | {
      increase_allowance: {
        /**
         * Shares added.
         */
        amount: Uint128;
        /**
         * New end of the allowance.
         */
        expires?: Expiration | null;
        /**
         * Who may spend.
         */
        spender: string;
      };
    }
  | {
      decrease_allowance: {
        /**
         * Shares taken away.
         */
        amount: Uint128;
        /**
         * New end of the allowance.
         */
        expires?: Expiration | null;
        /**
         * Who may spend.
         */
        spender: string;
      };
    }
  | {
      transfer_from: {
        /**
         * Shares.
         */
        amount: Uint128;
        /**
         * Present owner.
         */
        owner: string;
        /**
         * New owner.
         */
        recipient: string;
      };
    }
  | {
      send_from: {
        /**
         * Shares.
         */
        amount: Uint128;
        /**
         * New owner, called afterwards.
         */
        contract: string;
        /**
         * Passed on.
         */
        msg: Binary;
        /**
         * Present owner.
         */
        owner: string;
      };
    }
  | {
      update_marketing: {
        /**
         * A sentence.
         */
        description?: string | null;
        /**
         * The next marketing account.
         */
        marketing?: string | null;
        /**
         * A link.
         */
        project?: string | null;
      };
    }
  | {
      upload_logo: Logo;
    };
/**
 * A thin wrapper around u128 that is using strings for JSON encoding/decoding, such that the full u128 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 *
 * # Examples
 *
 * Use `from` to create instances of this and `u128` to get the value out:
 *
 * ``` # use cosmwasm_std::Uint128; let a = Uint128::from(123u128); assert_eq!(a.u128(), 123);
 *
 * let b = Uint128::from(42u64); assert_eq!(b.u128(), 42);
 *
 * let c = Uint128::from(70u32); assert_eq!(c.u128(), 70); ```
 */
export type Uint128 = string;
/**
 * Bounded work that anyone may start.
 */
export type Job = 'settle' | 'submit' | 'sync' | 'refresh' | 'harvest' | 'rebalance' | 'invest';
/**
 * A contract whose code the vault may replace, as its admin.
 */
export type OwnContract = 'vault' | 'reward_pot';
/**
 * Binary is a wrapper around Vec<u8> to add base64 de/serialization with serde. It also adds some helper methods to help encode inline.
 *
 * This is only needed as serde-json-{core,wasm} has a horrible encoding for Vec<u8>. See also <https://github.com/CosmWasm/cosmwasm/blob/main/docs/MESSAGE_TYPES.md>.
 */
export type Binary = string;
/**
 * Expiration represents a point in time when some event happens. It can compare with a BlockInfo and will return is_expired() == true once the condition is hit (and for every block in the future)
 */
export type Expiration =
  | {
      at_height: number;
    }
  | {
      at_time: Timestamp;
    }
  | {
      never: {};
    };
/**
 * A point in time in nanosecond precision.
 *
 * This type can represent times from 1970-01-01T00:00:00Z to 2554-07-21T23:34:33Z.
 *
 * ## Examples
 *
 * ``` # use cosmwasm_std::Timestamp; let ts = Timestamp::from_nanos(1_000_000_202); assert_eq!(ts.nanos(), 1_000_000_202); assert_eq!(ts.seconds(), 1); assert_eq!(ts.subsec_nanos(), 202);
 *
 * let ts = ts.plus_seconds(2); assert_eq!(ts.nanos(), 3_000_000_202); assert_eq!(ts.seconds(), 3); assert_eq!(ts.subsec_nanos(), 202); ```
 */
export type Timestamp = Uint64;
/**
 * A thin wrapper around u64 that is using strings for JSON encoding/decoding, such that the full u64 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 *
 * # Examples
 *
 * Use `from` to create instances of this and `u64` to get the value out:
 *
 * ``` # use cosmwasm_std::Uint64; let a = Uint64::from(42u64); assert_eq!(a.u64(), 42);
 *
 * let b = Uint64::from(70u32); assert_eq!(b.u64(), 70); ```
 */
export type Uint64 = string;
/**
 * This is used for uploading logo data, or setting it in InstantiateData
 */
export type Logo =
  | {
      url: string;
    }
  | {
      embedded: EmbeddedLogo;
    };
/**
 * This is used to store the logo on the blockchain in an accepted format. Enforce maximum size of 5KB on all variants.
 */
export type EmbeddedLogo =
  | {
      svg: Binary;
    }
  | {
      png: Binary;
    };
/**
 * What anyone may ask.
 */
export type QueryMsg =
  | {
      config: {};
    }
  | {
      ownership: {};
    }
  | {
      totals: {};
    }
  | {
      rate: {};
    }
  | {
      preview_deposit: {
        /**
         * Tokens.
         */
        amount: Uint128;
      };
    }
  | {
      convert_to_shares: {
        /**
         * Tokens.
         */
        amount: Uint128;
      };
    }
  | {
      convert_to_assets: {
        /**
         * Shares.
         */
        amount: Uint128;
      };
    }
  | {
      redemption_rate: {
        /**
         * The shares' denom; of a cw20 the vault's address.
         */
        denom: string;
        /**
         * Some callers have parameters; no use is made of them.
         */
        params?: Binary | null;
      };
    }
  | {
      position: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * The account.
         */
        owner: string;
        /**
         * Batches after this one.
         */
        start_after?: number | null;
      };
    }
  | {
      batch: {
        /**
         * Its number.
         */
        batch_id: number;
      };
    }
  | {
      batches: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * After this one.
         */
        start_after?: number | null;
      };
    }
  | {
      validators: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * After this operator address.
         */
        start_after?: string | null;
      };
    }
  | {
      ledger: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * After this entry.
         */
        start_after?: LedgerKey | null;
      };
    }
  | {
      jobs: {};
    }
  | {
      plan: {
        /**
         * Default: the next height, at the present time.
         */
        at?: BlockInput | null;
      };
    }
  | {
      explain: {
        /**
         * Operator address.
         */
        validator: string;
      };
    }
  | {
      health: {};
    }
  | {
      rate_history: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * Samples after this time, seconds.
         */
        start_after?: number | null;
      };
    }
  | {
      changes: {};
    }
  | {
      worst_case: {};
    }
  | {
      brake: {};
    }
  | {
      solvency: {};
    }
  | {
      fee_owed: {
        /**
         * The account.
         */
        recipient: string;
      };
    }
  | {
      balance: {
        /**
         * The owner.
         */
        address: string;
      };
    }
  | {
      token_info: {};
    }
  | {
      minter: {};
    }
  | {
      allowance: {
        /**
         * The owner.
         */
        owner: string;
        /**
         * The spender.
         */
        spender: string;
      };
    }
  | {
      all_allowances: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * The owner.
         */
        owner: string;
        /**
         * After this spender.
         */
        start_after?: string | null;
      };
    }
  | {
      all_spender_allowances: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * The spender.
         */
        spender: string;
        /**
         * After this owner.
         */
        start_after?: string | null;
      };
    }
  | {
      all_accounts: {
        /**
         * Default 10, most 30.
         */
        limit?: number | null;
        /**
         * After this account.
         */
        start_after?: string | null;
      };
    }
  | {
      marketing_info: {};
    }
  | {
      download_logo: {};
    };
export type Nullable_BatchInfo = BatchInfo | null;
/**
 * Where a batch stands.
 */
export type BatchState = 'open' | 'submitting' | 'unbonding' | 'claimable';
/**
 * What a change changes.
 */
export type Change =
  | {
      setting: {
        /**
         * Its name.
         */
        name: string;
        /**
         * Its value now.
         */
        now?: string | null;
        /**
         * Its value then.
         */
        then?: string | null;
      };
    }
  | {
      listings: {
        /**
         * As `list_validators` takes them.
         */
        validators: ListingInput[];
      };
    }
  | {
      upgrade: {
        /**
         * SHA-256 of that code, 64 hex digits.
         */
        checksum: string;
        /**
         * Its code then.
         */
        code_id: number;
        /**
         * Which one.
         */
        contract: OwnContract;
        /**
         * JSON that the new code is called with.
         */
        msg: Binary;
      };
    };
/**
 * A fixed-point decimal value with 18 fractional digits, i.e. Decimal(1_000_000_000_000_000_000) == 1.0
 *
 * The greatest possible value that can be represented is 340282366920938463463.374607431768211455 (which is (2^128 - 1) / 10^18)
 */
export type Decimal = string;
/**
 * Where voting powers come from.
 */
export type PowerSource =
  | 'grpc'
  | 'stargate'
  | {
      attested: {
        /**
         * May post it. Without one nobody may, and the last table grows stale.
         */
        attester?: string | null;
      };
    }
  | {
      rank: {
        /**
         * Who stands higher in the chain's order is excluded as one of the top third, 1 to [`LOWEST_RANK`]. The most powerful validator has rank 1; whoever has rank r has at most 1 / r of the stake.
         */
        least_rank: number;
      };
    };
/**
 * What the shares are.
 */
export type Share =
  | {
      cw20: {};
    }
  | {
      denom: {
        /**
         * `factory/{vault}/{subdenom}`.
         */
        denom: string;
        /**
         * Of the chain's messages.
         */
        message_prefix: string;
      };
    };
/**
 * A thin wrapper around u128 that is using strings for JSON encoding/decoding, such that the full u128 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 *
 * # Examples
 *
 * Use `from` to create instances of this and `u128` to get the value out:
 *
 * ``` # use cosmwasm_std::Uint128; let a = Uint128::from(123u128); assert_eq!(a.u128(), 123);
 *
 * let b = Uint128::from(42u64); assert_eq!(b.u128(), 42);
 *
 * let c = Uint128::from(70u32); assert_eq!(c.u128(), 70); ```
 */
export type Uint1281 = string;
/**
 * A thin wrapper around u128 that is using strings for JSON encoding/decoding, such that the full u128 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 *
 * # Examples
 *
 * Use `from` to create instances of this and `u128` to get the value out:
 *
 * ``` # use cosmwasm_std::Uint128; let a = Uint128::from(123u128); assert_eq!(a.u128(), 123);
 *
 * let b = Uint128::from(42u64); assert_eq!(b.u128(), 42);
 *
 * let c = Uint128::from(70u32); assert_eq!(c.u128(), 70); ```
 */
export type Uint1282 = string;
/**
 * What holds a cap or a target where it is.
 */
export type CapName =
  'vault_share' | 'chain_share' | 'match' | 'owner_maximum' | 'own_maximum' | 'bond' | 'group' | 'ineligible';
/**
 * Why a validator may not be given stake. Of several reasons the first in this order is stated: what the owner decided, then what the chain itself states, then what was not readable, then what is measured against the policy, the lasting before the passing.
 */
export type Exclusion =
  | 'not_listed'
  | 'draining'
  | 'expired'
  | 'tombstoned'
  | 'jailed'
  | 'not_bonded'
  | 'unknown'
  | 'commission_ceiling'
  | 'commission'
  | 'commission_lately'
  | 'top_third'
  | 'near_top_third';
/**
 * A thin wrapper around u128 that is using strings for JSON encoding/decoding, such that the full u128 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 *
 * # Examples
 *
 * Use `from` to create instances of this and `u128` to get the value out:
 *
 * ``` # use cosmwasm_std::Uint128; let a = Uint128::from(123u128); assert_eq!(a.u128(), 123);
 *
 * let b = Uint128::from(42u64); assert_eq!(b.u128(), 42);
 *
 * let c = Uint128::from(70u32); assert_eq!(c.u128(), 70); ```
 */
export type Uint1283 = string;
/**
 * What an entry's tokens are for.
 */
export type EntryPurpose =
  | {
      batch: {
        /**
         * Its number.
         */
        batch_id: number;
      };
    }
  | {
      restake: {};
    };
/**
 * This is used to display logo info, provide a link or inform there is one that can be downloaded from the blockchain itself
 */
export type LogoInfo =
  | {
      url: string;
    }
  | 'embedded';
/**
 * A human readable address.
 *
 * In Cosmos, this is typically bech32 encoded. But for multi-chain smart contracts no assumptions should be made other than being UTF-8 encoded and of reasonable length.
 *
 * This type represents a validated address. It can be created in the following ways 1. Use `Addr::unchecked(input)` 2. Use `let checked: Addr = deps.api.addr_validate(input)?` 3. Use `let checked: Addr = deps.api.addr_humanize(canonical_addr)?` 4. Deserialize from JSON. This must only be done from JSON that was validated before such as a contract's state. `Addr` must not be used in messages sent by the user because this would result in unvalidated instances.
 *
 * This type is immutable. If you really need to mutate it (Really? Are you sure?), create a mutable copy using `let mut mutable = Addr::to_string()` and operate on that `String` instance.
 */
export type Addr = string;
export type Nullable_MinterResponse = MinterResponse | null;
/**
 * Why stake stays. Of several reasons the first in this order is named.
 */
export type WhyUnmoved =
  | 'refused'
  | 'waiting'
  | 'snapshot'
  | 'redelegation_locked'
  | 'no_entry'
  | 'dead_band'
  | 'max_moves'
  | 'budget'
  | 'no_destination'
  | 'evenness'
  | 'entries'
  | 'group_cap'
  | 'min_move';
/**
 * A message to the chain.
 */
export type PlannedMessage =
  | {
      delegate: {
        /**
         * Tokens.
         */
        tokens: Uint128;
        /**
         * Operator address.
         */
        validator: string;
      };
    }
  | {
      undelegate: {
        /**
         * Tokens.
         */
        tokens: Uint128;
        /**
         * Operator address.
         */
        validator: string;
      };
    }
  | {
      redelegate: {
        /**
         * Operator address to where.
         */
        destination: string;
        /**
         * Operator address from where.
         */
        source: string;
        /**
         * Tokens.
         */
        tokens: Uint128;
      };
    }
  | {
      withdraw_rewards: {
        /**
         * Operator address.
         */
        validator: string;
      };
    }
  | {
      pay: {
        /**
         * Who is paid; the caller's bounty is shown as the vault's own.
         */
        recipient: string;
        /**
         * Tokens.
         */
        tokens: Uint128;
      };
    }
  | {
      call: {
        /**
         * The contract.
         */
        contract: string;
      };
    }
  | {
      burn: {
        /**
         * How many.
         */
        shares: Uint128;
      };
    }
  | {
      other: {};
    };
/**
 * Which budget of an epoch pays for a move.
 */
export type MoveBudget = 'quality' | 'emergency' | 'emergency_by_owner';
/**
 * Why stake moves.
 */
export type MoveReason =
  'tombstoned' | 'jailed' | 'unbonded' | 'drained' | 'ended' | 'ineligible' | 'above_cap' | 'own_maximum' | 'quality';
/**
 * A thin wrapper around u128 that is using strings for JSON encoding/decoding, such that the full u128 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 *
 * # Examples
 *
 * Use `from` to create instances of this and `u128` to get the value out:
 *
 * ``` # use cosmwasm_std::Uint128; let a = Uint128::from(123u128); assert_eq!(a.u128(), 123);
 *
 * let b = Uint128::from(42u64); assert_eq!(b.u128(), 42);
 *
 * let c = Uint128::from(70u32); assert_eq!(c.u128(), 70); ```
 */
export type Uint1284 = string;
/**
 * Whether a validator may be given stake, and whether the vault stays.
 */
export type ValidatorStatus = 'eligible' | 'waiting' | 'leaving';

export interface VaultApi {
  execute: ExecuteMsg;
  query: QueryMsg;
  all_accounts: AllAccountsResponse;
  all_allowances: AllAllowancesResponse;
  all_spender_allowances: AllSpenderAllowancesResponse;
  allowance: AllowanceResponse;
  balance: BalanceResponse;
  batch: Nullable_BatchInfo;
  batches: BatchesResponse;
  brake: BrakeResponse;
  changes: ChangesResponse;
  config: ConfigResponse;
  convert_to_assets: Uint1281;
  convert_to_shares: Uint1282;
  download_logo: DownloadLogoResponse;
  explain: ExplainResponse;
  fee_owed: Uint1283;
  health: HealthResponse;
  jobs: JobsResponse;
  ledger: LedgerResponse;
  marketing_info: MarketingInfoResponse;
  minter: Nullable_MinterResponse;
  ownership: OwnershipResponse;
  plan: PlanResponse;
  position: PositionResponse;
  preview_deposit: Uint1284;
  rate: RateResponse;
  rate_history: RateHistoryResponse;
  redemption_rate: RedemptionRateResponse;
  solvency: SolvencyResponse;
  token_info: TokenInfoResponse;
  totals: TotalsResponse;
  validators: ValidatorsResponse;
  worst_case: WorstCaseResponse;
}
/**
 * A validator to list. Texts are for people, and hold no control characters.
 */
export interface ListingInput {
  /**
   * How to reach the operator, at most 128 bytes.
   */
  contact?: string | null;
  /**
   * The listing is over from then on, seconds, at most 400 days ahead. Absent: it has no end.
   */
  ends_at?: number | null;
  /**
   * With whom it shares caps. Absent: with nobody.
   */
  groups?: ListingGroupsInput | null;
  /**
   * Most tokens that it gets. Absent: the caps alone decide.
   */
  max_tokens?: Uint128 | null;
  /**
   * Who operates it, at most 64 bytes.
   */
  name?: string | null;
  /**
   * Why it is listed, at most 280 bytes.
   */
  reason?: string | null;
  /**
   * Operator address.
   */
  validator: string;
  /**
   * At most 128 bytes.
   */
  website?: string | null;
}
/**
 * Groups of validators that share a cap, by name: 1 to 32 of `a-z`, `0-9` and `-`. At most 40 names are in use at once.
 */
export interface ListingGroupsInput {
  /**
   * Where its machine stands.
   */
  hosting?: string | null;
  /**
   * Whose law it lives under.
   */
  jurisdiction?: string | null;
  /**
   * One operator behind several validators. Absent: it is one of its own.
   */
  operator?: string | null;
}
/**
 * All tokens that a validator has, by the attester.
 */
export interface PostedPower {
  /**
   * Everyone's, the vault's included.
   */
  tokens: Uint128;
  /**
   * Operator address.
   */
  validator: string;
}
/**
 * A new value for a setting.
 */
export interface SettingInput {
  /**
   * Its name in the table of settings.
   */
  name: string;
  /**
   * As in the table: `0.05` for shares, whole seconds, base units or numbers, an address, or a source such as `grpc`, `attested:ADDRESS`, `rank:60`. Absent: none.
   */
  value?: string | null;
}
/**
 * Names an entry of the unbonding ledger.
 */
export interface LedgerKey {
  /**
   * The chain's completion time.
   */
  completion_time: Timestamp;
  /**
   * Operator address.
   */
  validator: string;
}
/**
 * A block that may come.
 */
export interface BlockInput {
  /**
   * Its height.
   */
  height: number;
  /**
   * Its time.
   */
  time: Timestamp;
}
export interface AllAccountsResponse {
  accounts: string[];
}
export interface AllAllowancesResponse {
  allowances: AllowanceInfo[];
}
export interface AllowanceInfo {
  allowance: Uint128;
  expires: Expiration;
  spender: string;
}
export interface AllSpenderAllowancesResponse {
  allowances: SpenderAllowanceInfo[];
}
export interface SpenderAllowanceInfo {
  allowance: Uint128;
  expires: Expiration;
  owner: string;
}
export interface AllowanceResponse {
  allowance: Uint128;
  expires: Expiration;
}
export interface BalanceResponse {
  balance: Uint128;
}
/**
 * One batch.
 */
export interface BatchInfo {
  /**
   * Its number.
   */
  batch_id: number;
  /**
   * Tokens paid to claimants.
   */
  claimed: Uint128;
  /**
   * When it can go on: the next piece at the earliest, or its last completion, seconds. `None` when claimable, or when not known.
   */
  next_at?: number | null;
  /**
   * When it can be claimed. `None`: now.
   */
  pays_at?: PaysAt | null;
  /**
   * Shares of all requests.
   */
  shares: Uint128;
  /**
   * Where it stands.
   */
  state: BatchState;
  /**
   * When its first piece was served, seconds.
   */
  submitted_at?: number | null;
  /**
   * Tokens set aside for it so far.
   */
  tokens: Uint128;
  /**
   * tokens + unbonding at face value + unserved shares at the present rate; `ledger {}` has the marks of what unbonds. Final when claimable.
   */
  tokens_estimate: Uint128;
  /**
   * Tokens in its unsettled entries, at face value.
   */
  unbonding: Uint128;
  /**
   * Shares not served yet: they go on earning and bearing slashes.
   */
  unserved_shares: Uint128;
}
/**
 * When a batch can be claimed.
 */
export interface PaysAt {
  /**
   * At the earliest, by what is idle now, seconds.
   */
  earliest: number;
  /**
   * At the latest, with one `tick {}` an hour, seconds: where nothing is refused, no touch panics and no settlement is short.
   */
  latest: number;
}
/**
 * A page of batches.
 */
export interface BatchesResponse {
  /**
   * Oldest first.
   */
  batches: BatchInfo[];
}
/**
 * The guardian's brake: no deposits, and no moves toward targets, while it is on.
 */
export interface BrakeResponse {
  /**
   * May put it on, and cancel changes.
   */
  guardian?: string | null;
  /**
   * Whether the guardian may put it on. If not, the owner must arm it first.
   */
  is_armed: boolean;
  /**
   * It is on until then, seconds. `None`: it is not.
   */
  until?: number | null;
}
/**
 * All changes that wait.
 */
export interface ChangesResponse {
  /**
   * Oldest first, at most 20. One that has expired stays until another is scheduled.
   */
  changes: ChangeInfo[];
  /**
   * How long a change waits that is scheduled now, seconds.
   */
  exit_delay: number;
  /**
   * Whether anybody has ever deposited. Before, nothing waits.
   */
  has_depositors: boolean;
}
/**
 * A change that waits.
 */
export interface ChangeInfo {
  /**
   * What it changes.
   */
  change: Change;
  /**
   * Anyone may apply it from then on, unless the exit delay grows, seconds.
   */
  due_at: number;
  /**
   * It is gone from then on, seconds.
   */
  expires_at: number;
  /**
   * Its number, never given twice.
   */
  id: number;
  /**
   * Seconds.
   */
  scheduled_at: number;
}
/**
 * Roles, policy, parameters.
 */
export interface ConfigResponse {
  /**
   * Account of x/staking's bonded pool.
   */
  bonded_pool: string;
  /**
   * Caps that are set and not in force, because the source of power does not tell what they need.
   */
  caps_not_in_force: string[];
  /**
   * The bond denom.
   */
  denom: string;
  /**
   * Part of the exit delay, seconds.
   */
  exit_slack: number;
  /**
   * The fee.
   */
  fee: FeePolicy;
  /**
   * May put the brake on, and cancel changes that wait.
   */
  guardian?: string | null;
  /**
   * Curates the list.
   */
  owner: string;
  /**
   * Parameters.
   */
  parameters: Parameters;
  /**
   * Caps and floor as set. The vault share cap in force is in `totals {}`.
   */
  policy: AllocationPolicy;
  /**
   * Where powers are read.
   */
  power_source: PowerSource;
  /**
   * Receives the staking rewards.
   */
  reward_pot: string;
  /**
   * Shares of the seed.
   */
  seed_shares: Uint128;
  /**
   * The vault's share of the chain from which on deposits are refused.
   */
  self_limit: Decimal;
  /**
   * The vault's share of the chain from which on deposits carry a warning.
   */
  self_limit_warning: Decimal;
  /**
   * What the shares are.
   */
  share: Share;
  /**
   * Longest unbonding time seen, seconds.
   */
  unbonding_time: number;
}
/**
 * The fee on rewards. Principal is never charged.
 */
export interface FeePolicy {
  /**
   * Share of the fee that goes to the caller of a harvest instead.
   */
  keeper_bounty_share: Decimal;
  /**
   * Share of harvested rewards, at most 10 %.
   */
  performance_fee_rate: Decimal;
  /**
   * Receives the fee.
   */
  recipient: string;
}
/**
 * Periods (seconds, from 1 to [`LONGEST_PERIOD`]) and bounds per call.
 */
export interface Parameters {
  /**
   * Least time between the first pieces of two batches. In force is the larger of this and unbonding time / (6 x validators holding stake after the batch before).
   */
  batch_period: number;
  /**
   * A deposit on a book older than this synchronises first, and `sync` is due.
   */
  book_max_age: number;
  /**
   * Validators per page of a harvest, 1 to 50.
   */
  harvest_page: number;
  /**
   * Time between two harvests.
   */
  harvest_period: number;
  /**
   * Most delegations that one deposit sends, at most 10. With 0 a deposit only mints.
   */
  max_messages_per_deposit: number;
  /**
   * Most delegations of one `invest`, 1 to 10.
   */
  max_messages_per_invest: number;
  /**
   * Most undelegations of one piece of a batch, 1 to 10.
   */
  max_messages_per_piece: number;
  /**
   * Most redelegations and undelegations of one `rebalance` together, 1 to 5.
   */
  max_moves: number;
  /**
   * No delegation below this many tokens; at most the seed.
   */
  min_delegation: Uint128;
  /**
   * Least tokens of the seed, whose shares belong to the vault for ever: at least [`LEAST_SEED`].
   */
  minimum_seed: Uint128;
  /**
   * Harvested profit enters the price over this time, or over the time since the last harvest when that is longer; at most over the unbonding time.
   */
  profit_unlock_period: number;
  /**
   * Validators read per page of a refresh, 25 to 100.
   */
  refresh_page: number;
  /**
   * Time between two refreshes of the powers.
   */
  refresh_period: number;
  /**
   * A validator that refused a message, or a job whose read failed, is left alone so long.
   */
  retry_after: number;
  /**
   * Most that leaving validators and what is above a cap take of the vault's assets in an epoch of 5 days; of it at most half for what the owner can bring about.
   */
  turnover_emergency: Decimal;
  /**
   * Most that moves toward targets, and for operators' own maxima, take of the vault's assets in an epoch of 5 days.
   */
  turnover_quality: Decimal;
}
/**
 * Caps and floor of the target rule, and who is eligible.
 */
export interface AllocationPolicy {
  /**
   * Most tokens on a validator for each token that its operator delegates to it. Absent: no such cap.
   */
  bond_factor?: Decimal | null;
  /**
   * Most that one validator may hold of all bonded stake, the vault's part included. Absent: no such cap.
   */
  chain_share_cap?: Decimal | null;
  /**
   * Who charged more than `max_commission_rate` is not eligible for so long after it was last seen, seconds.
   */
  commission_return_period: number;
  /**
   * Every eligible validator gets at least this share of an equal split, caps permitting.
   */
  floor: Decimal;
  /**
   * The same for validators with one hosting provider.
   */
  hosting_cap: Decimal;
  /**
   * The same for validators in one jurisdiction.
   */
  jurisdiction_cap: Decimal;
  /**
   * The vault's part of a validator's stake is at most this share. Absent: no such cap.
   */
  match_cap?: Decimal | null;
  /**
   * A validator that could ever charge more is not eligible. Absent: it does not matter.
   */
  max_commission_ceiling?: Decimal | null;
  /**
   * A validator that charges more is not eligible.
   */
  max_commission_rate: Decimal;
  /**
   * Most that validators of one operator get of the vault's stake together; who names no operator is one of its own. In force is the larger of this and 1.25 / operators.
   */
  operator_cap: Decimal;
  /**
   * Most that one validator gets of the vault's stake. In force is the larger of this and 1.25 / eligible validators.
   */
  vault_share_cap: Decimal;
}
/**
 * When we download an embedded logo, we get this response type. We expect a SPA to be able to accept this info and display it.
 */
export interface DownloadLogoResponse {
  data: Binary;
  mime_type: string;
}
/**
 * Why a validator has the stake that it has.
 */
export interface ExplainResponse {
  /**
   * What keeps the target from one unit more. `None`: nothing, others came first.
   */
  binding?: CapName | null;
  /**
   * Every cap that is in force for it, its own first, then its groups'.
   */
  caps: CapInfo[];
  /**
   * What would clear it, for a person.
   */
  cleared_by?: string | null;
  /**
   * The vault's stake there by the book, tokens.
   */
  delegated: Uint128;
  /**
   * It may be given stake.
   */
  eligible: boolean;
  /**
   * Since when that is so, seconds.
   */
  excluded_since?: number | null;
  /**
   * Why it may not.
   */
  exclusion?: Exclusion | null;
  /**
   * Its stake without the vault's at the last refresh, tokens.
   */
  external?: Uint128 | null;
  /**
   * What it gets before anything is evened out, caps permitting, tokens.
   */
  floor: Uint128;
  /**
   * The vault leaves it from then on, seconds. `None`: it stays.
   */
  leaves_from?: number | null;
  /**
   * external + delegated, tokens: what the rule evens out.
   */
  level: Uint128;
  /**
   * Nothing can be redelegated from it until then, seconds.
   */
  redelegation_locked_until?: number | null;
  /**
   * Redelegations into it that the chain has not surely completed.
   */
  redelegations: RedelegationInfo[];
  /**
   * Left alone until then after a refusal, seconds.
   */
  retry_at?: number | null;
  /**
   * What the fill list still gives it, tokens.
   */
  room: Uint128;
  /**
   * What more of something would bring. `None` while it is not eligible.
   */
  slopes?: SlopesInfo | null;
  /**
   * What the rule wants there, tokens.
   */
  target: Uint128;
  /**
   * external + target, tokens.
   */
  target_level: Uint128;
  /**
   * Unbonding entries that the chain has not surely paid, of 7.
   */
  unbonding_entries: number;
  /**
   * Operator address.
   */
  validator: string;
}
/**
 * A cap of a validator, or of a group that it is in.
 */
export interface CapInfo {
  /**
   * It keeps the target from one unit more.
   */
  binds: boolean;
  /**
   * Which.
   */
  cap: CapName;
  /**
   * Of which group, if it is one's.
   */
  group?: string | null;
  /**
   * What the vault has there now, of the group's members together; tokens.
   */
  held: Uint128;
  /**
   * What is left below it, tokens; 0 at the cap or above.
   */
  slack: Uint128;
  /**
   * Most tokens.
   */
  tokens: Uint128;
}
/**
 * A redelegation under way.
 */
export interface RedelegationInfo {
  /**
   * When it completes.
   */
  completion_time: Timestamp;
  /**
   * Operator address from where.
   */
  source: string;
}
/**
 * What more of something would do to the target now, all else as it is.
 */
export interface SlopesInfo {
  /**
   * A higher maximum of the operator's own. `None`: it has set none.
   */
  own_maximum?: SlopeInfo | null;
  /**
   * More stake that is not the vault's.
   */
  own_stake: SlopeInfo;
  /**
   * More of the operator's delegation to itself, which is stake as well.
   */
  self_bond: SlopeInfo;
}
/**
 * What a little more would do: the rule is run once more with it.
 */
export interface SlopeInfo {
  /**
   * What the target rises by for each token more, rounded down; 0 where it falls or stays.
   */
  gain_per_token: Decimal;
  /**
   * What it falls by for each token more, rounded down; 0 where it rises or stays.
   */
  loss_per_token: Decimal;
  /**
   * How much more was tried: 1 % of the level, at least one; tokens.
   */
  probe: Uint128;
  /**
   * The target with it, tokens.
   */
  target: Uint128;
}
/**
 * How well the vault is, for who watches it. Amounts in tokens.
 */
export interface HealthResponse {
  /**
   * Since when the book was compared with the chain, seconds ago.
   */
  book_age: number;
  /**
   * Budgets of the present epoch.
   */
  budgets: BudgetsInfo;
  /**
   * The vault's part of all bonded stake.
   */
  chain_share: Decimal;
  /**
   * Delegated stake that could be redelegated now if its validator had to be left.
   */
  evacuable: Uint128;
  /**
   * From which on deposits are refused.
   */
  hard_limit: Decimal;
  /**
   * Whether the last refresh found that nobody but the vault may replace its code and the pot's. If not, deposits are closed.
   */
  is_own_admin: boolean;
  /**
   * The validator, and its cap, with the least slack among those that hold stake.
   */
  least_slack?: SlackInfo | null;
  /**
   * Delegated stake that is locked by redelegations into its validators.
   */
  locked: Uint128;
  /**
   * When the last of these locks ends, seconds. `None`: nothing is locked.
   */
  locked_until?: number | null;
  /**
   * Since when the powers were read in full, seconds ago. `None`: never.
   */
  powers_age?: number | null;
  /**
   * The powers are older than two refresh periods: nothing moves but what leaves.
   */
  powers_stale: boolean;
  /**
   * From which on deposits carry a warning.
   */
  soft_limit: Decimal;
  /**
   * The last snapshot is not believed.
   */
  suspect?: SuspectInfo | null;
  /**
   * How many `tick {}` a day the list needs.
   */
  ticks_a_day: number;
  /**
   * Total assets.
   */
  total_assets: Uint128;
  /**
   * What the caps leave no place for.
   */
  unplaced: Uint128;
  /**
   * Why, for a person. `None`: all of it has a place.
   */
  unplaced_because?: string | null;
}
/**
 * Budgets of an epoch, tokens.
 */
export interface BudgetsInfo {
  /**
   * Left of these for what the owner can bring about.
   */
  by_owner_left: Uint128;
  /**
   * Left for leaving and caps.
   */
  emergency_left: Uint128;
  /**
   * When the next begins, seconds.
   */
  ends_at: number;
  /**
   * floor(time / 5 days).
   */
  epoch: number;
  /**
   * Left toward targets and for operators' own maxima.
   */
  quality_left: Uint128;
  /**
   * Of what they are shares: total assets at the first move.
   */
  worth: Uint128;
}
/**
 * A cap that has little room left.
 */
export interface SlackInfo {
  /**
   * Which cap.
   */
  cap: CapName;
  /**
   * What is left below it, tokens.
   */
  slack: Uint128;
  /**
   * Operator address.
   */
  validator: string;
}
/**
 * A snapshot that is not believed.
 */
export interface SuspectInfo {
  /**
   * From then on the latest is believed all the same, seconds.
   */
  believed_at: number;
  /**
   * Those that were eligible and failed in it, by operator address.
   */
  failed: string[];
  /**
   * Since when snapshots are not believed, seconds.
   */
  since: number;
}
/**
 * All jobs.
 */
export interface JobsResponse {
  /**
   * In the order of [`Job::ALL`](crate::Job::ALL).
   */
  jobs: JobState[];
}
/**
 * Whether a job is due, why, and when next.
 */
export interface JobState {
  /**
   * `tick` with this job runs it now. Without one, the first in its order.
   */
  due: boolean;
  /**
   * Since when it has been due, seconds. `None` while it is not.
   */
  due_since?: number | null;
  /**
   * The job.
   */
  job: Job;
  /**
   * When it is due next at the earliest, seconds. `None` when it is due, or when not known.
   */
  next_at?: number | null;
  /**
   * Why it is due or not, for a person.
   */
  reason: string;
}
/**
 * A page of the unbonding ledger.
 */
export interface LedgerResponse {
  /**
   * By completion time, then operator address.
   */
  entries: LedgerEntry[];
}
/**
 * An entry of the unbonding ledger.
 */
export interface LedgerEntry {
  /**
   * The chain's completion time.
   */
  completion_time: Timestamp;
  /**
   * What is expected of it, tokens: less where its validator's tokens per share have fallen since.
   */
  mark: Uint128;
  /**
   * What it is for.
   */
  parts: LedgerPart[];
  /**
   * What was to be delegated again of it is booked: that of a fixed group is, before its batches' parts.
   */
  restaking_settled: boolean;
  /**
   * Already booked, kept until the chain has surely paid it.
   */
  settled: boolean;
  /**
   * Sum of the parts: the chain's initial balance.
   */
  tokens: Uint128;
  /**
   * Operator address.
   */
  validator: string;
}
/**
 * A part of an entry.
 */
export interface LedgerPart {
  /**
   * What it is for.
   */
  purpose: EntryPurpose;
  /**
   * Tokens at face value.
   */
  tokens: Uint128;
}
export interface MarketingInfoResponse {
  /**
   * A longer description of the token and it's utility. Designed for tooltips or such
   */
  description?: string | null;
  /**
   * A link to the logo, or a comment there is an on-chain logo stored
   */
  logo?: LogoInfo | null;
  /**
   * The address (if any) who can update this data structure
   */
  marketing?: Addr | null;
  /**
   * A URL pointing to the project behind this token.
   */
  project?: string | null;
}
export interface MinterResponse {
  /**
   * cap is a hard cap on total supply that can be achieved by minting. Note that this refers to total_supply. If None, there is unlimited cap.
   */
  cap?: Uint128 | null;
  minter: string;
}
/**
 * Who owns the vault, and who may take its place.
 */
export interface OwnershipResponse {
  /**
   * From then on it may not, seconds. The offer stays on record until cancelled or replaced.
   */
  expires_at?: number | null;
  /**
   * Curates the list.
   */
  owner: string;
  /**
   * May accept, until `expires_at`.
   */
  pending_owner?: string | null;
}
/**
 * What `tick {}` would do in a block.
 */
export interface PlanResponse {
  /**
   * There are more moves than one call makes.
   */
  has_more: boolean;
  /**
   * The height of that block.
   */
  height: number;
  /**
   * What should leave its validator and stays, by operator address.
   */
  held_back: HeldBack[];
  /**
   * The job that would run. `None`: nothing is due.
   */
  job?: Job | null;
  /**
   * The messages that would be sent, in their order.
   */
  messages: PlannedMessage[];
  /**
   * The moves among them, with their reasons.
   */
  moves: MoveInfo[];
  /**
   * Why the guard refuses all moves, if it does.
   */
  refused?: string | null;
  /**
   * Its time.
   */
  time: Timestamp;
}
/**
 * Stake that should leave its validator, and stays.
 */
export interface HeldBack {
  /**
   * Tokens.
   */
  tokens: Uint128;
  /**
   * Operator address.
   */
  validator: string;
  /**
   * Why.
   */
  why: WhyUnmoved;
}
/**
 * A move of stake.
 */
export interface MoveInfo {
  /**
   * Which budget pays.
   */
  budget: MoveBudget;
  /**
   * Operator address to where. `None`: undelegated, and delegated again on arrival.
   */
  destination?: string | null;
  /**
   * Why.
   */
  reason: MoveReason;
  /**
   * Operator address from where.
   */
  source: string;
  /**
   * Tokens.
   */
  tokens: Uint128;
}
/**
 * An account's shares, and the withdrawals of which it is the recipient.
 */
export interface PositionResponse {
  /**
   * Shares held.
   */
  shares: Uint128;
  /**
   * What they are worth, tokens.
   */
  tokens: Uint128;
  /**
   * Those not claimed yet, by batch.
   */
  withdrawals: WithdrawalInfo[];
}
/**
 * A recipient's part of one batch.
 */
export interface WithdrawalInfo {
  /**
   * The batch.
   */
  batch_id: number;
  /**
   * When the batch can go on, seconds. `None` when claimable, or when not known.
   */
  next_at?: number | null;
  /**
   * When it can be claimed. `None`: now.
   */
  pays_at?: PaysAt | null;
  /**
   * The recipient's shares.
   */
  shares: Uint128;
  /**
   * Where it stands.
   */
  state: BatchState;
  /**
   * What a claim pays when claimable, else the estimate, tokens.
   */
  tokens: Uint128;
}
/**
 * What a share is worth.
 */
export interface RateResponse {
  /**
   * total assets / total shares, rounded down.
   */
  tokens_per_share: Decimal;
  /**
   * Tokens.
   */
  total_assets: Uint128;
  /**
   * Shares.
   */
  total_shares: Uint128;
}
/**
 * A page of daily rates.
 */
export interface RateHistoryResponse {
  /**
   * Oldest first.
   */
  samples: RateSample[];
}
/**
 * The rate of a day.
 */
export interface RateSample {
  /**
   * When it was written, seconds.
   */
  time: number;
  /**
   * total assets / total shares, rounded down.
   */
  tokens_per_share: Decimal;
}
/**
 * What a share is worth to who leaves, as price oracles and money markets ask for it.
 */
export interface RedemptionRateResponse {
  /**
   * Tokens of the bond denom for one share, rounded down: without locked profit, stake that comes back to be delegated again at what it was last seen to be worth.
   */
  redemption_rate: Decimal;
  /**
   * Since when a slash may be missing, seconds: the rate may be too high by what was slashed since. The last sync; while stake is on its way back, if that is older, the beginning of the last refresh that saw all validators from which marked stake comes, or that of the oldest stake on its way that has no mark.
   */
  update_time: number;
}
/**
 * The book beside the bank and the chain. All amounts in tokens.
 */
export interface SolvencyResponse {
  /**
   * What arrived for a short settlement that waits or is half done.
   */
  awaiting_settlement: Uint128;
  /**
   * The vault's bank balance of the bond denom.
   */
  bank_balance: Uint128;
  /**
   * Delegations by the book.
   */
  bonded_by_book: Uint128;
  /**
   * Delegations by the chain.
   */
  bonded_by_chain: Uint128;
  /**
   * Set aside for batches.
   */
  claimable: Uint128;
  /**
   * What the four above lack in the bank balance; 0 unless something is badly wrong.
   */
  deficit: Uint128;
  /**
   * Fee and bounty not paid yet.
   */
  fees_owed: Uint128;
  /**
   * Of the share owners.
   */
  idle: Uint128;
  /**
   * The shares.
   */
  shares: ShareSolvency;
  /**
   * Bank balance beyond the four above: donations and arrivals not yet settled.
   */
  surplus: Uint128;
}
/**
 * The shares of the book beside those of the token.
 */
export interface ShareSolvency {
  /**
   * The vault's own balance.
   */
  balance: Uint128;
  /**
   * What the balance lacks; 0 unless something is badly wrong.
   */
  deficit: Uint128;
  /**
   * Seed and shares in escrow.
   */
  owned: Uint128;
  /**
   * All shares by the book.
   */
  supply: Uint128;
  /**
   * All shares by the token. As coins it can be lower: holders may burn their own.
   */
  supply_by_token: Uint128;
  /**
   * Balance beyond what is owned: coins that strangers sent. They are nobody's, and never redeemed.
   */
  surplus: Uint128;
}
export interface TokenInfoResponse {
  decimals: number;
  name: string;
  symbol: string;
  total_supply: Uint128;
}
/**
 * The book's aggregates, now. All amounts in tokens unless named shares.
 */
export interface TotalsResponse {
  /**
   * In the bank balance, what arrived for a short settlement that waits or is half done.
   */
  awaiting_settlement: Uint128;
  /**
   * Sum of the vault's delegations by the book.
   */
  bonded: Uint128;
  /**
   * Most that the eligible validators may hold of the vault's stake together, by the powers of the last refresh; 0 before the first.
   */
  capacity: Uint128;
  /**
   * In the bank balance, set aside for batches.
   */
  claimable: Uint128;
  /**
   * Given while the book is in doubt: deposits are refused, `submit`, `invest` and `rebalance` wait.
   */
  doubt?: BookDoubt | null;
  /**
   * Unserved shares of all batches.
   */
  escrow_shares: Uint128;
  /**
   * All bonded stake without the vault's, as of the last refresh; 0 before the first.
   */
  external_bonded: Uint128;
  /**
   * Fee and bounty that could not be paid yet.
   */
  fees_owed: Uint128;
  /**
   * In the bank balance, of the share owners.
   */
  idle: Uint128;
  /**
   * Harvested, not yet in the price.
   */
  locked_profit: Uint128;
  /**
   * The difference: a provision, in the price for those who leave.
   */
  marked_down: Uint128;
  /**
   * They are older than twice the refresh period, or were never read: deposits go on under the last caps.
   */
  powers_stale: boolean;
  /**
   * When the powers were last read in full, seconds.
   */
  refreshed_at?: number | null;
  /**
   * Idle kept for the unserved shares of a batch that has begun or is ready.
   */
  reserve: Uint128;
  /**
   * In unbonding entries, to be delegated again.
   */
  restaking: Uint128;
  /**
   * The same at its marks: what is expected of it after the slashes that a refresh has seen.
   */
  restaking_at_marks: Uint128;
  /**
   * Shares of the seed.
   */
  seed_shares: Uint128;
  /**
   * When the book was last compared with the chain, seconds.
   */
  synced_at: number;
  /**
   * bonded + idle + restaking at its marks - locked profit.
   */
  total_assets: Uint128;
  /**
   * Supply of the share token.
   */
  total_shares: Uint128;
  /**
   * In unbonding entries of batches, at face value.
   */
  unbonding: Uint128;
  /**
   * The vault share cap in force: wider for short lists.
   */
  vault_share_cap_in_force: Decimal;
}
/**
 * The chain has shown half of what the book has bonded, or less. Nothing is booked until a `sync` in a later block reads the same to 1 %, or more than half.
 */
export interface BookDoubt {
  /**
   * The block of the reading.
   */
  height: number;
  /**
   * The sum of the vault's delegations that the chain has shown, tokens.
   */
  shown: Uint128;
  /**
   * Its time, seconds.
   */
  since: number;
}
/**
 * A page of validators.
 */
export interface ValidatorsResponse {
  /**
   * In ascending operator address.
   */
  validators: ValidatorInfo[];
}
/**
 * One validator.
 */
export interface ValidatorInfo {
  /**
   * What keeps the target from one unit more. `None`: nothing, others came first.
   */
  binding?: CapName | null;
  /**
   * The least cap in force.
   */
  cap: Uint128;
  /**
   * Tokens that the vault delegates to it, by the book.
   */
  delegated: Uint128;
  /**
   * Why it is not eligible; `None` when it is.
   */
  exclusion?: Exclusion | null;
  /**
   * Its tokens without the vault's at the last refresh.
   */
  external?: Uint128 | null;
  /**
   * Listed and not draining.
   */
  listed: boolean;
  /**
   * What its listing says. `None` when it has none.
   */
  listing?: ListingInfo | null;
  /**
   * Since when it has not been among the chain's bonded validators, as refreshes saw, seconds. `None` when it was among them at the last one.
   */
  not_bonded_since?: number | null;
  /**
   * Cannot be a redelegation source until then, seconds. `None` when it can.
   */
  redelegation_locked_until?: number | null;
  /**
   * Left alone until then after a refusal, seconds. `None` when it is not.
   */
  retry_at?: number | null;
  /**
   * Whether it may be given stake, and whether the vault stays.
   */
  status: ValidatorStatus;
  /**
   * The rule's result for the present T.
   */
  target: Uint128;
  /**
   * Its tokens at the last refresh.
   */
  tokens?: Uint128 | null;
  /**
   * Unbonding entries not surely paid.
   */
  unbonding_entries: number;
  /**
   * Operator address.
   */
  validator: string;
}
/**
 * What the listing of a validator says.
 */
export interface ListingInfo {
  /**
   * How to reach the operator.
   */
  contact?: string | null;
  /**
   * Over from then on, seconds.
   */
  ends_at?: number | null;
  /**
   * Its hosting provider.
   */
  hosting?: string | null;
  /**
   * Its jurisdiction.
   */
  jurisdiction?: string | null;
  /**
   * When it was listed, seconds.
   */
  listed_at: number;
  /**
   * The owner's maximum, tokens.
   */
  max_tokens?: Uint128 | null;
  /**
   * Who operates it.
   */
  name?: string | null;
  /**
   * Its operator; `None`: one of its own.
   */
  operator?: string | null;
  /**
   * What it will be, and from when on, after it was raised.
   */
  own_max_later?: OwnMaximumLater | null;
  /**
   * The operator's own maximum in force, tokens.
   */
  own_max_tokens?: Uint128 | null;
  /**
   * Why it is listed.
   */
  reason?: string | null;
  /**
   * Where one reads about it.
   */
  website?: string | null;
}
/**
 * A raised own maximum that does not count yet.
 */
export interface OwnMaximumLater {
  /**
   * From then on, seconds.
   */
  at: number;
  /**
   * Tokens; `None`: no maximum of its own.
   */
  tokens?: Uint128 | null;
}
/**
 * What a stolen owner key can do before everyone who asks on the first day is out.
 */
export interface WorstCaseResponse {
  /**
   * Epochs of 5 days that lie in that time at most, and a day.
   */
  epochs: number;
  /**
   * Nothing that is not good for every depositor acts before, seconds.
   */
  exit_delay: number;
  /**
   * Most that they move in all: onto validators that were listed before and within caps, or idle.
   */
  share: Decimal;
  /**
   * Most of the vault that the owner's acts move in an epoch.
   */
  share_per_epoch: Decimal;
  /**
   * The same of what the vault is worth now, tokens.
   */
  tokens: Uint128;
}
