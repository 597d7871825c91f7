/**
 * The model of the universal service: tasks, trips, facts, statistics.
 *
 * The answer of json-to-thrift is a UniversalData struct in Apache Thrift's JSON protocol (TJSONProtocol).
 * Moments are RFC 3339 texts, durations ISO 8601 texts, as in JSON. The contract's names from and to are
 * words of Thrift; here they are from_time and to_time. Numbers of fields never change.
 */
namespace * marshrut.universal

/** RFC 3339, such as 2025-09-21T09:30:00+03:00. */
typedef string Moment

/** ISO 8601, such as PT1H45M. */
typedef string Duration

struct Geopoint {
  1: required double latitude
  2: required double longitude
}

struct TimeWindow {
  1: required Moment from_time
  2: required Moment to_time
}

struct CapacityLimit {
  1: required double mass
  2: required double volume
  3: required double capacity_a
  4: required double capacity_b
  5: required double capacity_c
}

struct CapacityCost {
  1: required double mass
  2: required double volume
  3: required double capacity_a
  4: required double capacity_b
  5: required double capacity_c
}

struct LocationCargosLimit {
  1: required CapacityLimit capacity
  2: required CapacityCost penalty
}

struct LocationTransportsLimit {
  1: required double count
  2: required double penalty
}

struct LocationLimit {
  1: required string key
  2: required TimeWindow time_window
  3: optional list<LocationCargosLimit> min_cargos
  4: optional list<LocationCargosLimit> max_cargos
  5: optional list<LocationTransportsLimit> min_transports
  6: optional list<LocationTransportsLimit> max_transports
}

struct LocationTimetableElement {
  1: required TimeWindow work_window
  2: optional list<LocationLimit> limits
}

struct LocationCompatibilities {
  1: optional list<string> transport_restrictions
}

struct Attribute {
  1: required string key
  2: required string value
}

struct Location {
  1: required string key
  2: required Geopoint geopoint
  3: optional Duration arrival_duration
  4: optional Duration departure_duration
  5: optional list<LocationTimetableElement> timetable
  6: optional LocationCompatibilities compatibilities
  7: optional string name
  8: optional list<Attribute> attributes
}

enum DemandType {
  PICKUP = 1
  DROP = 2
  WORK = 3
  PICKUP_TO_BOX = 4
  DROP_FROM_BOX = 5
}

struct PossibleEvent {
  1: required string key
  2: required string location_key
  3: optional Duration duration
  4: optional double reward
  5: required TimeWindow hard_time_window
  6: optional TimeWindow soft_time_window
}

struct Demand {
  1: required string key
  2: required DemandType demand_type
  3: optional list<string> target_cargos
  4: optional i32 precedence_in_trip
  5: optional i32 precedence_in_order
  6: required list<PossibleEvent> possible_events
  7: optional string name
  8: optional list<Attribute> attributes
}

struct Capacity {
  1: optional double mass
  2: optional double volume
  3: optional double capacity_a
  4: optional double capacity_b
  5: optional double capacity_c
}

enum CargoRotationType {
  ALL = 1
  YAW = 2
  PITCH = 3
  ROLL = 4
}

struct CargoCompatibilities {
  1: optional double width
  2: optional double height
  3: optional double length
  4: optional list<CargoRotationType> rotation
  5: optional list<string> box_restrictions
  6: optional list<string> cargo_features
  7: optional list<string> cargo_restrictions
}

struct Cargo {
  1: required string key
  2: optional Capacity capacity
  3: optional CargoCompatibilities compatibilities
  4: optional string target_box_key
}

struct OrderCompatibilities {
  1: optional list<string> order_features
  2: optional list<string> order_restrictions
  3: optional list<string> performer_restrictions
  4: optional list<string> performer_blacklist
}

struct Order {
  1: required string key
  2: required list<Demand> demands
  3: optional list<Cargo> cargos
  4: optional OrderCompatibilities compatibilities
  5: optional string name
  6: optional list<Attribute> attributes
}

struct PerformerTariffConstraint {
  1: optional Duration stage_length
  2: optional double cost_per_unit
}

struct PerformerTariff {
  1: optional double cost_per_shift
  2: optional list<PerformerTariffConstraint> constraints
  3: optional double max_penalty_cost
}

struct Rest {
  1: required Duration relocating_duration_sum
  2: optional Duration operating_duration_sum
  3: required Duration duration
}

struct RestRules {
  1: required Rest consecutive
}

struct ModelBreak {
  1: required Duration relocating_duration_sum
  2: optional Duration operating_duration_sum
  3: required Duration duration
}

enum RelocatingDurationType {
  TOTAL = 1
  CONTINUOUS = 2
}

struct BreakRules {
  1: required ModelBreak first
  2: optional ModelBreak consecutive
  3: optional RelocatingDurationType relocating_duration_type
}

struct WorkAndRestRules {
  1: optional RestRules rest_rules
  2: optional BreakRules break_rules
  3: optional list<string> reset_location_keys
  4: optional list<string> ignore_location_keys
}

struct PerformerShift {
  1: required string key
  2: required TimeWindow availability_time
  3: required TimeWindow working_time
  4: optional string start_location_key
  5: optional string finish_location_key
  6: optional i32 max_locations
  7: optional i32 max_stops
  8: optional PerformerTariff tariff
  9: optional WorkAndRestRules work_and_rest_rules
  10: optional string name
  11: optional list<Attribute> attributes
}

enum TransportType {
  CAR = 1
  TRUCK_1500 = 2
  TRUCK_3000 = 3
  TRUCK_5000 = 4
  TRUCK_10000 = 5
  TRUCK_20000 = 6
  TRUCK_10000_L75_H35_W24_6000 = 7
  TRUCK_18000_L95_H40_W26_11000 = 8
  TRUCK_26000_L120_H40_W26_8000 = 9
  TRUCK_GARBAGE_1 = 10
  TRUCK_GARBAGE_2 = 11
  TUK_TUK = 12
  BICYCLE = 13
  PEDESTRIAN = 14
  PUBLIC_TRANSPORT = 15
  TELEPORT = 16
}

struct FeatureLifetime {
  1: required string feature
  2: required list<TimeWindow> time_windows
}

struct PerformerCompatibilities {
  1: optional list<string> performer_features
  2: optional list<FeatureLifetime> performer_features_lifetimes
  3: optional list<string> transport_restrictions
}

struct DemandExtraDuration {
  1: required string demand_key
  2: required Duration additional_duration
}

struct PerformerLimits {
  1: optional i32 max_work_shifts
  2: optional list<DemandExtraDuration> demand_extra_durations
}

struct Performer {
  1: required string key
  2: required list<PerformerShift> shifts
  3: optional TransportType own_transport_type
  4: optional PerformerCompatibilities compatibilities
  5: optional PerformerLimits limits
  6: optional string name
  7: optional list<Attribute> attributes
}

struct TransportTariffConstraint {
  1: optional i32 stage_length
  2: optional double cost_per_unit
}

struct TransportTariff {
  1: optional double cost_per_shift
  2: optional list<TransportTariffConstraint> constraints
  3: optional CapacityCost transportation_cost
}

struct TransportShift {
  1: required string key
  2: required TimeWindow availability_time
  3: optional string start_location_key
  4: optional string finish_location_key
  5: optional TransportTariff tariff
  6: optional string name
  7: optional list<Attribute> attributes
}

struct BoxCompatibilities {
  1: optional double width
  2: optional double height
  3: optional double length
  4: optional list<string> box_features
}

struct MaxCapacity {
  1: optional double mass
  2: optional double volume
  3: optional double capacity_a
  4: optional double capacity_b
  5: optional double capacity_c
}

struct BoxLimits {
  1: optional MaxCapacity max_one_cargo_capacity
}

struct Box {
  1: required string key
  2: optional Capacity capacity
  3: optional BoxCompatibilities compatibilities
  4: optional BoxLimits limits
}

struct TransportCompatibilities {
  1: optional list<string> transport_features
  2: optional list<FeatureLifetime> transport_features_lifetimes
  3: optional list<string> performer_restrictions
}

struct TransportLimits {
  1: optional i32 max_boxes
  2: optional MaxCapacity max_capacity
}

struct Transport {
  1: required string key
  2: required list<TransportShift> shifts
  3: optional TransportType transport_type
  4: optional list<Box> boxes
  5: optional TransportCompatibilities compatibilities
  6: optional TransportLimits limits
  7: optional string name
  8: optional list<Attribute> attributes
}

enum HardlinkElementType {
  ORDER = 1
  PERFORMER_SHIFT = 2
  TRANSPORT_SHIFT = 3
}

struct HardlinkElement {
  1: required HardlinkElementType type
  2: required string entity_key
}

struct Hardlink {
  1: required string key
  2: required list<HardlinkElement> links
  3: optional list<Attribute> attributes
}

struct AssignedPerformer {
  1: required string performer_key
  2: required string shift_key
  3: required TimeWindow shift_time
}

struct AssignedTransport {
  1: required string transport_key
  2: required string shift_key
  3: required TimeWindow shift_time
}

enum TripStateFlag {
  AROUND_LOCATION = 1
  INSIDE_LOCATION = 2
  INSIDE_LOCATION_WINDOW = 3
  INSIDE_WORKING_WINDOW = 4
  INSIDE_EVENT_HARD_WINDOW = 5
  INSIDE_EVENT_SOFT_WINDOW = 6
  ON_DEMAND = 7
  WAITING = 8
  RELOCATING = 9
  BREAK = 10
  REST = 11
  DEPARTURE = 12
  ARRIVAL = 13
  DURING_ROUNDTRIP = 14
}

enum CargoActionType {
  ADD = 1
  REMOVE = 2
}

struct CargoAction {
  1: required string box_key
  2: required string cargo_key
  3: required CargoActionType cargo_action_type
}

struct TripState {
  1: required Moment time
  2: optional string order_key
  3: optional string demand_key
  4: optional string event_key
  5: optional string location_key
  6: required list<TripStateFlag> flags
  7: optional list<CargoAction> cargo_actions
  8: optional i64 distance
  9: optional double cost
  10: optional double reward
  11: optional list<Attribute> attributes
}

struct Trip {
  1: required string key
  2: required AssignedPerformer performer
  3: required AssignedTransport transport
  4: required list<TripState> states
  5: optional list<string> waitlist
  6: optional string name
  7: optional list<Attribute> attributes
}

enum FactType {
  NEW_LOCATION = 1
  ORDER_DONE = 2
  DEMAND_START = 3
  DEMAND_DONE = 4
}

struct Fact {
  1: required string key
  2: required Moment time
  3: required FactType type
  4: required string trip_key
  5: optional string order_key
  6: optional string demand_key
  7: optional string performer_key
  8: optional string location_key
  9: optional list<Attribute> attributes
}

struct Measurements {
  1: required TimeWindow time_window
  2: required Duration driving_time
  3: required Duration waiting_time
  4: required Duration working_time
  5: required Duration break_time
  6: required Duration rest_time
  7: required Duration arriving_time
  8: required Duration departure_time
  9: required Duration total_time
  10: required i64 distance
}

struct CapacityStatisticsSum {
  1: required double mass
  2: required double volume
  3: required double capacity_a
  4: required double capacity_b
  5: required double capacity_c
}

struct CapacityStatisticsRatio {
  1: required double mass
  2: required double volume
  3: required double capacity_a
  4: required double capacity_b
  5: required double capacity_c
}

struct CapacityStatisticsLoad {
  1: required double mass
  2: required double volume
  3: required double capacity_a
  4: required double capacity_b
  5: required double capacity_c
}

struct GeneralStatistics {
  1: required double cost
  2: required double reward
  3: required double profit
  4: required Measurements measurements
  5: required i32 trips_count
  6: required i32 performers_count
  7: required i32 orders_count
  8: required i32 plan_orders_count
  9: required i32 waitlist_orders_count
  10: required i32 stops_count
  11: required i32 locations_count
  12: required CapacityStatisticsSum cargo_capacity_sum
  13: required CapacityStatisticsRatio cargo_capacity_ratio
  14: required CapacityStatisticsLoad max_transport_load
  15: required double average_speed
  16: required i32 round_trips_count
  17: required double average_roundtrip_distance
  18: required Duration average_roundtrip_time
  19: optional list<Attribute> attributes
}

struct TransportLoad {
  1: required i32 count
  2: required CapacityStatisticsSum capacity
}

struct LoadStatistics {
  1: required TransportLoad total_load
  2: required TransportLoad max_load
  3: required TransportLoad max_transfer_load
}

struct StopDemand {
  1: required string demand_key
  2: required string event_key
  3: required TimeWindow demand_time_window
}

struct StopStatistics {
  1: required string location_key
  2: required list<StopDemand> stop_demands
  3: required TimeWindow stop_time_window
  4: required Measurements measurements
  5: required TransportLoad upload
  6: required TransportLoad download
  7: required TransportLoad max_load
  8: required TransportLoad arrival_load
  9: required TransportLoad departure_load
  10: optional list<Attribute> attributes
}

struct RoundtripStatistics {
  1: required string roundtrip_key
  2: required GeneralStatistics general_statistics
}

struct TripStatistics {
  1: required string trip_key
  2: required GeneralStatistics general_statistics
  3: required LoadStatistics load_statistics
  4: required list<StopStatistics> stop_statistics
  5: required list<RoundtripStatistics> roundtrip_statistics
  6: optional list<Attribute> attributes
}

struct LocationLimitStatistics {
  1: required string location_limit_key
  2: required LocationCargosLimit cargos_statistics
  3: required LocationTransportsLimit transports_statistics
  4: required double location_limit_penalty
}

struct LocationStatistics {
  1: required string location_key
  2: required double location_limits_penalty
  3: required LocationCargosLimit total_cargos_statistics
  4: required LocationTransportsLimit total_transports_statistics
  5: required list<LocationLimitStatistics> limits_statistics
}

struct TaskStatistics {
  1: required TimeWindow planning_horizon
}

struct TimeWindowViolationDetail {
  1: required list<string> demand_keys
  2: required i32 count
}

struct TimeWindowViolations {
  1: required TimeWindowViolationDetail before
  2: required TimeWindowViolationDetail after
}

struct Quality {
  1: required double locations_limits_penalty
  2: required TimeWindowViolations soft_time_window_violations
  3: required TimeWindowViolations hard_time_window_violations
}

struct PlanStatistics {
  1: required GeneralStatistics total_statistics
  2: required list<TripStatistics> trips_statistics
  3: required list<LocationStatistics> locations_statistics
  4: required TaskStatistics task_statistics
  5: required Quality quality
}

struct RoutingMatrixWaypoint {
  1: required Geopoint geopoint
  2: optional string name
}

struct RoutingMatrix {
  1: required list<RoutingMatrixWaypoint> waypoints
  2: required list<list<i32>> distances
  3: required list<list<i32>> durations
}

struct RoutingTransportMatrix {
  1: required TransportType transport_type
  2: required RoutingMatrix matrix
}

enum TripStartTimeStrategy {
  EARLIEST_FINISH = 1
  LOWEST_COST = 2
}

struct TripExpectations {
  1: optional TripStartTimeStrategy trip_start_time_strategy
  2: optional string problem_kind
  3: optional list<Attribute> attributes
}

struct TransportSpeedMultiplier {
  1: required TransportType transport_type
  2: required double speed
}

struct CapacityMultiplier {
  1: optional double mass
  2: optional double volume
  3: optional double capacity_a
  4: optional double capacity_b
  5: optional double capacity_c
}

struct TransportCapacityMultiplier {
  1: required TransportType transport_type
  2: required CapacityMultiplier capacity
}

struct TripAssumptions {
  1: optional list<TransportSpeedMultiplier> transport_speed_multipliers
  2: optional list<TransportCapacityMultiplier> transport_capacity_multipliers
  3: optional bool disable_compatibility
  4: optional bool disable_capacity
  5: optional bool disable_location_limits
  6: optional bool same_order_time_window
  7: optional bool expand_shift_time_window
}

struct CompatibilityPenalty {
  1: required string tag
  2: required double penalty
}

struct TripPenalties {
  1: optional list<CompatibilityPenalty> compatibilities
  2: optional double max_locations_limits_penalty
}

struct TripsSettings {
  1: optional string configuration
  2: optional TripExpectations expectations
  3: optional TripAssumptions assumptions
  4: optional TripPenalties penalties
}

struct GeoSettings {
  1: optional string geo_provider
  2: optional bool toll_roads
  3: optional bool ferry_crossing
  4: optional bool traffic_jams
  5: optional bool flight_distance
  6: optional list<Attribute> attributes
}

struct CalculationSettings {
  1: optional Duration max_calculation_time
  2: optional Duration max_waiting_time
  3: optional Duration result_ttl
  4: optional i32 result_timezone
  5: optional bool treat_warnings_as_errors
  6: optional i32 precision
}

struct ExtensionSettings {
  1: optional bool enable_extension
  2: optional string extension_url
}

struct PlanSettings {
  1: optional TripsSettings trips_settings
  2: optional GeoSettings geo_settings
  3: optional CalculationSettings calculation_settings
  4: optional ExtensionSettings extension_settings
}

struct ReplanStrategy {
  1: optional bool reorder
  2: optional bool plan_new_orders
  3: optional bool create_new_trips
}

struct ReplanSettings {
  1: optional ReplanStrategy replan_strategy
}

struct ActualizeSettings {
  1: optional Moment current_time
  2: optional Duration max_delay_duration
}

struct UniversalData {
  1: optional list<Location> locations
  2: optional list<Order> orders
  3: optional list<Performer> performers
  4: optional list<Transport> transports
  5: optional list<Hardlink> hardlinks
  6: optional list<Trip> trips
  7: optional list<Fact> facts
  8: optional PlanStatistics statistics
  9: optional list<RoutingTransportMatrix> external_routing
  10: optional PlanSettings plan_settings
  11: optional ReplanSettings replan_settings
  12: optional ActualizeSettings actualize_settings
  13: optional string dataset_name
}
