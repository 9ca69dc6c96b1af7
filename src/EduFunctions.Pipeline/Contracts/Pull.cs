namespace EduFunctions.Pipeline.Contracts;

/// <summary>What is pulled, for whom and why: a source asks for no more than the tenant's feeds need.</summary>
public sealed record Pull(Tenant Tenant, string Run, RunTrigger Trigger);
