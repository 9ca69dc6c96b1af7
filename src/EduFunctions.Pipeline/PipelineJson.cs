using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline;

/// <summary>The records of every transform and export, prepared when the program is built: found by reflection, they take longer than a small tenant's rules.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SnapshotManifest))]
[JsonSerializable(typeof(TableHeader))]
[JsonSerializable(typeof(RosterVocabulary))]
[JsonSerializable(typeof(LedgerFacts))]
[JsonSerializable(typeof(HashedPlan))]
internal sealed partial class PipelineJson : JsonSerializerContext;
