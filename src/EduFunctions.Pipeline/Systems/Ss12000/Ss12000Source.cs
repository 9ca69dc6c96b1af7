using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>A register of any vendor that speaks SS 12000:2020.</summary>
public sealed class Ss12000Source(CertifiedConnections connections, PipelineOptions options, TimeProvider time) : RegisterSource(connections, options, time)
{
    public override string Type => "ss12000";

    public override Type Settings => typeof(Ss12000Settings);
}
