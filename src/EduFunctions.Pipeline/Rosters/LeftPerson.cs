using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Somebody who has left a feed whose target may keep them, resting or disabled. Stored byte for byte (SelectionFile).</summary>
/// <param name="Identity">With the tenant's key.</param>
/// <param name="Day">Number of the day of the run.</param>
public readonly record struct LeftPerson(EntityId Id, PersonIdentity Identity, long Day);
