using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>A call came to nothing. The message says why, in words for an operator, and holds nothing the service has said in free text.</summary>
/// <param name="mayPass">Whether the same call may go well later.</param>
public class SoapException(string cause, bool mayPass, Exception? inner = null) : Exception(cause, inner)
{
    public bool MayPass { get; } = mayPass;
}

/// <summary>The service answered with a fault.</summary>
[Told]
public sealed class SoapFaultException(SoapFault fault, int status)
    : SoapException($"the service answered with the fault {fault} (HTTP {status})", fault.Type is null && !fault.IsSender)
{
    public SoapFault Fault { get; } = fault;
}
