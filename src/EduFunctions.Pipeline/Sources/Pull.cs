using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Sources;

/// <summary>What is pulled, for whom and why: a source asks for no more than the tenant's feeds need.</summary>
public sealed record Pull(Tenant Tenant, string Run, RunTrigger Trigger);
