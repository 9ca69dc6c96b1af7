using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>EduCloud, IST's SS 12000:2020 API, through which Extens and IST Administration are read too.</summary>
public sealed class EduCloudSource(CertifiedConnections connections, PipelineOptions options, TimeProvider time) : RegisterSource(connections, options, time)
{
    public override string Type => "educloud";

    public override Type Settings => typeof(EduCloudSettings);
}
